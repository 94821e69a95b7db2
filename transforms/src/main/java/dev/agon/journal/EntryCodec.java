package dev.agon.journal;

import com.google.common.collect.MapMaker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Bytes of one journal entry: {@code AGJ1} or {@code AGJ2}, the CRC-32C of what follows, the fingerprint of the writer's schema,
 * and the Avro binary, which is deflated in {@code AGJ1} and plain in {@code AGJ2}. The schema itself is kept once, beside the
 * entries, so that entries of older versions stay readable.
 */
final class EntryCodec {

    private static final byte[] DEFLATED = "AGJ1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLAIN = "AGJ2".getBytes(StandardCharsets.US_ASCII);
    private static final int MAGIC = DEFLATED.length;
    private static final int HEADER = MAGIC + Integer.BYTES + Long.BYTES;
    private static final int BUFFER = 8192;

    /** A file takes at least one block of 4 KB: to deflate less than that costs time and saves nothing. */
    private static final int WORTH_DEFLATING = 4096 - HEADER;

    /** By identity: to compare schemas takes longer than to write a small entry. */
    private static final Map<Schema, Long> FINGERPRINTS =
            new MapMaker().weakKeys().makeMap();

    private EntryCodec() {}

    static long fingerprint(Schema schema) {
        return FINGERPRINTS.computeIfAbsent(schema, SchemaNormalization::parsingFingerprint64);
    }

    static byte[] encode(SpecificRecord value) throws IOException {
        ByteArrayOutputStream avro = new ByteArrayOutputStream(BUFFER);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(avro, null);
        new SpecificDatumWriter<SpecificRecord>(value.getSchema()).write(value, encoder);
        encoder.flush();
        boolean plain = avro.size() <= WORTH_DEFLATING;
        byte[] body = plain ? avro.toByteArray() : deflate(avro.toByteArray());
        ByteBuffer entry = ByteBuffer.allocate(HEADER + body.length);
        entry.put(plain ? PLAIN : DEFLATED)
                .putInt(0)
                .putLong(fingerprint(value.getSchema()))
                .put(body);
        entry.putInt(MAGIC, checksum(entry.array()));
        return entry.array();
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(bytes.length / 2);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(body, deflater, BUFFER)) {
            deflated.write(bytes);
        } finally {
            deflater.end();
        }
        return body.toByteArray();
    }

    /** Fingerprint of the schema an entry was written with. */
    static long writer(byte[] entry) throws CorruptEntryException {
        if (entry.length < HEADER || !(startsWith(entry, DEFLATED) || startsWith(entry, PLAIN))) {
            throw new CorruptEntryException("is cut short or is no journal entry");
        }
        if (ByteBuffer.wrap(entry).getInt(MAGIC) != checksum(entry)) {
            throw new CorruptEntryException("does not match its checksum");
        }
        return ByteBuffer.wrap(entry).getLong(MAGIC + Integer.BYTES);
    }

    /** Whether these are the bytes of an entry, all of them. */
    static boolean isWhole(byte[] entry) {
        try {
            writer(entry);
            return true;
        } catch (CorruptEntryException e) {
            return false;
        }
    }

    /** Reads an entry whose checksum was already verified by {@link #writer}. */
    static <T extends SpecificRecord> T decode(byte[] entry, Schema writer, Class<T> type)
            throws CorruptEntryException {
        return read(entry, new SpecificDatumReader<>(writer, SpecificData.get().getSchema(type)), type.getSimpleName());
    }

    /** Whether such an entry can be read as what it was written as; fails when it cannot. */
    static void check(byte[] entry, Schema writer) throws CorruptEntryException {
        read(entry, new GenericDatumReader<>(writer), writer.getName());
    }

    private static <T> T read(byte[] entry, DatumReader<T> reader, String type) throws CorruptEntryException {
        try {
            BinaryDecoder decoder = startsWith(entry, PLAIN)
                    ? DecoderFactory.get().binaryDecoder(entry, HEADER, entry.length - HEADER, null)
                    : DecoderFactory.get().binaryDecoder(inflate(entry), null);
            T value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new CorruptEntryException("has more in it than one " + type);
            }
            return value;
        } catch (IOException | RuntimeException e) { // Avro reports schemas that do not resolve as runtime exceptions
            throw new CorruptEntryException("cannot be read as " + type + ": " + e.getMessage());
        }
    }

    private static byte[] inflate(byte[] entry) throws IOException {
        Inflater inflater = new Inflater();
        try (InputStream stored = new ByteArrayInputStream(entry, HEADER, entry.length - HEADER);
                InputStream body = new InflaterInputStream(stored, inflater, BUFFER)) {
            return body.readAllBytes();
        } finally {
            inflater.end();
        }
    }

    private static boolean startsWith(byte[] entry, byte[] magic) {
        return Arrays.equals(entry, 0, MAGIC, magic, 0, MAGIC);
    }

    private static int checksum(byte[] entry) {
        CRC32C crc = new CRC32C();
        int start = MAGIC + Integer.BYTES;
        crc.update(entry, start, entry.length - start);
        return (int) crc.getValue();
    }
}
