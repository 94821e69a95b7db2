package dev.agon.journal;

import dev.agon.schemas.Ids;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The results of paid work, stored before they are used and looked up before they are bought again.
 *
 * <p>In: Avro records under {@link JournalKey}s. A damaged entry is reported in the log and counts as absent, so that its work
 * is done again. A store that fails is a {@link JournalException}. Safe for use by many threads and processes at once: entries
 * of one key are interchangeable, the last one written stays.
 */
public final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Blobs blobs;
    private final SchemaStore schemas;

    public Journal(Blobs blobs) {
        this.blobs = blobs;
        this.schemas = new SchemaStore(blobs);
    }

    /** The entry of that key, or nothing when there is none that can be used. */
    public <T extends SpecificRecord> Optional<T> find(JournalKey key, Class<T> type) {
        return find(key.blobName(), type);
    }

    /** The entry of that blob name, as a reference carries it. */
    public <T extends SpecificRecord> Optional<T> find(String blobName, Class<T> type) {
        try {
            Optional<byte[]> entry = blobs.get(blobName);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            long fingerprint = EntryCodec.writer(entry.get());
            return Optional.of(EntryCodec.decode(entry.get(), schemas.get(fingerprint), type));
        } catch (CorruptEntryException e) {
            LOG.warn("journal: the entry {} {}; it is not used, and its work is done again", blobName, e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new JournalException("the journal cannot be read at " + blobName + ": " + e.getMessage(), e);
        }
    }

    /** Stores an entry; once this returns, it is there for every later {@link #find}. */
    public void put(JournalKey key, SpecificRecord value) {
        try {
            schemas.keep(value.getSchema());
            blobs.put(key.blobName(), EntryCodec.encode(value));
        } catch (IOException e) {
            throw new JournalException("the journal cannot be written at " + key.blobName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Stores a record in a folder, under a name that is a function of what it holds, for what was read and not bought.
     *
     * @return the name of its blob; schema and compression have a part in it, so another version may give another one
     */
    public String putByContent(String folder, SpecificRecord value) {
        try {
            schemas.keep(value.getSchema());
            byte[] entry = EntryCodec.encode(value);
            String name = folder + "/" + JournalKey.hashOf(Ids.sha256(entry));
            blobs.put(name, entry);
            return name;
        } catch (IOException e) {
            throw new JournalException("the journal cannot be written at " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Removes an entry that is not needed any more; nothing happens when it is not there. */
    public void remove(JournalKey key) {
        try {
            blobs.delete(key.blobName());
        } catch (IOException e) {
            throw new JournalException("the journal cannot be written at " + key.blobName() + ": " + e.getMessage(), e);
        }
    }
}
