package dev.agon.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Bytes of one journal entry: {@code AGJ1}, the CRC-32C of what follows, the fingerprint of the writer's schema, and the
 * deflated Avro binary. The schema itself is kept once, beside the entries, so that entries of older versions stay readable.
 */
final class EntryCodec {

    private static final byte[] MAGIC = "AGJ1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = MAGIC.length + Integer.BYTES + Long.BYTES;

    private EntryCodec() {}

    static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    static byte[] encode(SpecificRecord value) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(body, deflater)) {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(deflated, null);
            new SpecificDatumWriter<SpecificRecord>(value.getSchema()).write(value, encoder);
            encoder.flush();
        } finally {
            deflater.end();
        }
        ByteBuffer entry = ByteBuffer.allocate(HEADER + body.size());
        entry.put(MAGIC).putInt(0).putLong(fingerprint(value.getSchema())).put(body.toByteArray());
        entry.putInt(MAGIC.length, checksum(entry.array()));
        return entry.array();
    }

    /** Fingerprint of the schema an entry was written with. */
    static long writer(byte[] entry) throws CorruptEntryException {
        if (entry.length < HEADER || !Arrays.equals(entry, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new CorruptEntryException("is cut short or is no journal entry");
        }
        if (ByteBuffer.wrap(entry).getInt(MAGIC.length) != checksum(entry)) {
            throw new CorruptEntryException("does not match its checksum");
        }
        return ByteBuffer.wrap(entry).getLong(MAGIC.length + Integer.BYTES);
    }

    /** Reads an entry whose checksum was already verified by {@link #writer}. */
    static <T extends SpecificRecord> T decode(byte[] entry, Schema writer, Class<T> type)
            throws CorruptEntryException {
        SpecificDatumReader<T> reader =
                new SpecificDatumReader<>(writer, SpecificData.get().getSchema(type));
        try (InflaterInputStream body =
                new InflaterInputStream(new ByteArrayInputStream(entry, HEADER, entry.length - HEADER))) {
            return reader.read(null, DecoderFactory.get().binaryDecoder(body, null));
        } catch (IOException | RuntimeException e) { // Avro reports schemas that do not resolve as runtime exceptions
            throw new CorruptEntryException("cannot be read as " + type.getSimpleName() + ": " + e.getMessage());
        }
    }

    private static int checksum(byte[] entry) {
        CRC32C crc = new CRC32C();
        int start = MAGIC.length + Integer.BYTES;
        crc.update(entry, start, entry.length - start);
        return (int) crc.getValue();
    }
}
