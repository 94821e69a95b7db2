package dev.agon.beam;

import dev.agon.journal.Blobs;
import dev.agon.journal.FolderBlobs;
import dev.agon.journal.Journal;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the journal is, in a form that travels to workers. A path is a folder of the machine, written with its own atomic moves;
 * anything with a scheme ({@code gs://}, {@code hdfs://}, {@code s3://}) goes through Beam's file systems.
 *
 * @param location path or URI of the folder
 */
public record JournalStore(String location) implements Serializable {

    private static final Map<JournalStore, Journal> OPEN = new ConcurrentHashMap<>();

    /** The journal, shared by everything in this process that names the same place. */
    public Journal open() {
        return OPEN.computeIfAbsent(this, store -> new Journal(store.blobs()));
    }

    /** The store below the journal. */
    public Blobs blobs() {
        return location.contains("://") ? new FileSystemsBlobs(location) : new FolderBlobs(Path.of(location));
    }
}
