package dev.agon.tasks;

import dev.agon.journal.Blobs;
import dev.agon.stores.JournalStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;

/** Records of one type, one after the other in blobs of some MB each: a store is slow for each blob, and a blob is read whole. */
final class HandedOverRecords<T extends SpecificRecord> {

    /** A part ends with the record that makes it this large. */
    static final int PART_BYTES = 4 << 20;

    private final Coder<T> coder;

    HandedOverRecords(Class<T> type) {
        this.coder = AvroCoder.specific(type);
    }

    /** Writes the records, and returns the names of the parts. */
    List<String> put(List<T> records, JournalStore store, String name) throws IOException {
        Blobs blobs = store.blobs();
        List<String> parts = new ArrayList<>();
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        for (int i = 0; i < records.size(); i++) {
            coder.encode(records.get(i), part);
            if (part.size() >= PART_BYTES || i == records.size() - 1) {
                parts.add(name + "-" + parts.size());
                blobs.put(parts.get(parts.size() - 1), part.toByteArray());
                part.reset();
            }
        }
        return List.copyOf(parts);
    }

    /** Reads one part, in the order in which it was written. */
    void read(String part, JournalStore store, Consumer<T> record) throws IOException {
        byte[] bytes = store.blobs()
                .get(part)
                .orElseThrow(() -> new IOException("the tasks that the launcher read are not where it put them, at "
                        + part + " in the journal " + store.location()
                        + ": the journal must be on a file system that the launcher and all workers share"));
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        while (in.available() > 0) {
            record.accept(coder.decode(in));
        }
    }
}
