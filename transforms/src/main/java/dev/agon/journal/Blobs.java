package dev.agon.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Named byte arrays in some store: a folder, or any of Beam's file systems. Names are relative paths with {@code /} between the
 * parts. A reader sees a whole blob or none, however the writer ended. Safe for use by many threads and processes at once.
 */
public interface Blobs {

    /** The blob of that name, or nothing when there is none. */
    Optional<byte[]> get(String name) throws IOException;

    /** Writes a blob in one step, over an earlier one of the same name. */
    void put(String name, byte[] bytes) throws IOException;

    /** Removes a blob; nothing happens when there is none. */
    void delete(String name) throws IOException;

    /** Names of all blobs below a folder, sorted. */
    List<String> list(String folder) throws IOException;

    /** All that is stored, sorted by name, with what writers left behind that died while they wrote. */
    List<StoredBlob> stored() throws IOException;
}
