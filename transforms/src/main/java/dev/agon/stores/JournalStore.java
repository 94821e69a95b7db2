package dev.agon.stores;

import dev.agon.journal.Blobs;
import dev.agon.journal.FolderBlobs;
import dev.agon.journal.Journal;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the journal is, in a form that travels to workers. A path is a folder of the machine, written with its own atomic moves;
 * anything with a scheme ({@code gs://}, {@code hdfs://}) goes through Beam's file systems.
 *
 * @param location path or URI of the folder
 */
public record JournalStore(String location) implements Serializable {

    /** The journal there. Whoever reads many entries keeps it, since it remembers the schemas that it has read. */
    public Journal open() {
        return new Journal(blobs());
    }

    /** The store below the journal. */
    public Blobs blobs() {
        return hasScheme() ? new FileSystemsBlobs(address()) : new FolderBlobs(Path.of(location));
    }

    /** Whether it is named by an address of one of Beam's file systems, and not by a path of the machine. */
    public boolean hasScheme() {
        return location.contains("://");
    }

    /** Whether other machines see it whatever their disks are, for all that its name says. */
    public boolean isShared() {
        return hasScheme() && !location.startsWith("file:");
    }

    /** The folder of this machine that it is in; empty where it is elsewhere. */
    public Optional<Path> folderHere() {
        return isShared() ? Optional.empty() : Optional.of(Path.of(address()));
    }

    /** Path or URI of a folder of the store, without a slash at its end. */
    public String folder(String name) {
        return address().endsWith("/") ? address() + name : address() + "/" + name;
    }

    /** Beam finds files at {@code file:} addresses, but would write them to a folder of that name. */
    private String address() {
        return location.replaceFirst("^file:/+", "/");
    }
}
