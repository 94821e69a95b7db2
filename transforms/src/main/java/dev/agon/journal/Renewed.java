package dev.agon.journal;

import java.io.IOException;

/**
 * A value that one writer renews. Each time it is a blob of another name, and then the one before is removed: object stores refuse
 * to write one name again within a second, and a listing alone tells readers that there is something new.
 *
 * <p>A reader may find two blobs for a moment, or for ever when the writer is killed between the two; of them the later counts. It
 * may also miss both while it lists; so a reader keeps what it has seen. For one thread at a time.
 */
public final class Renewed {

    private final Blobs blobs;
    private final String folder;
    private String current;

    /** @param folder where the value is; nobody else writes there */
    public Renewed(Blobs blobs, String folder) {
        this.blobs = blobs;
        this.folder = folder;
    }

    /** Writes the value under a name that it did not have before. */
    public void put(String name, byte[] bytes) throws IOException {
        blobs.put(folder + "/" + name, bytes);
        String before = current;
        current = name;
        if (before != null) {
            blobs.delete(folder + "/" + before);
        }
    }
}
