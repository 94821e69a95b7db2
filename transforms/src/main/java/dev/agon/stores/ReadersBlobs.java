package dev.agon.stores;

import dev.agon.journal.Blobs;
import dev.agon.journal.StoredBlob;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store as a run sees it that only reads there: what it writes goes to a folder of its own, and is found there first. So it changes
 * nothing of a run that buys into the same store at the same time. It removes only what it has written itself.
 */
final class ReadersBlobs implements Blobs {

    private final Blobs store;
    private final String own;

    /** @param own the reader's folder in the store */
    ReadersBlobs(Blobs store, String own) {
        this.store = store;
        this.own = own + "/";
    }

    @Override
    public Optional<byte[]> get(String name) throws IOException {
        Optional<byte[]> written = store.get(own + name);
        return written.isPresent() ? written : store.get(name);
    }

    @Override
    public void put(String name, byte[] bytes) throws IOException {
        store.put(own + name, bytes);
    }

    @Override
    public void delete(String name) throws IOException {
        store.delete(own + name);
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return Stream.concat(
                        store.list(folder).stream(),
                        store.list(own + folder).stream().map(name -> name.substring(own.length())))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<StoredBlob> stored() throws IOException {
        return store.stored();
    }
}
