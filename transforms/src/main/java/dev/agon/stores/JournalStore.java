package dev.agon.stores;

import dev.agon.journal.BlobKind;
import dev.agon.journal.Blobs;
import dev.agon.journal.FolderBlobs;
import dev.agon.journal.Journal;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where the journal is, in a form that travels to workers. A path, or a {@code file:} address, is a folder of the machine, written
 * with its own atomic moves; anything with another scheme ({@code gs://}, {@code hdfs://}) goes through Beam's file systems.
 *
 * @param location path or URI of the folder
 * @param readers folder in it of a run that only reads; empty for one that writes entries
 */
public record JournalStore(String location, String readers) implements Serializable {

    /** A journal to read and to write. */
    public JournalStore(String location) {
        this(location, "");
    }

    /** The same for a run that only reads, as {@link ReadersBlobs} says. */
    public JournalStore forReader(String folder) {
        return new JournalStore(location, folder);
    }

    /** The journal there. Whoever reads many entries keeps it, since it remembers the schemas that it has read. */
    public Journal open() {
        return new Journal(blobs());
    }

    /** The store below the journal. */
    public Blobs blobs() {
        Blobs blobs = folderHere().<Blobs>map(FolderBlobs::new).orElseGet(() -> new FileSystemsBlobs(location));
        return readers.isEmpty() ? blobs : new ReadersBlobs(blobs, readers);
    }

    /**
     * Takes the right to buy into it, for a launcher.
     *
     * @throws HeldJournalException when another start has it
     */
    public Lease lease(LeaseHolder holder, InstantSource clock) throws HeldJournalException, IOException {
        Optional<Path> folder = folderHere();
        if (folder.isEmpty()) {
            return BlobLease.take(location, blobs(), holder, clock);
        }
        Path leases = folder.get().resolve(BlobKind.LEASES.folder());
        Path file = Files.createDirectories(leases).toRealPath().resolve("lock");
        Optional<FolderLock> lock = FolderLock.of(file, holder.path());
        if (lock.isEmpty()) {
            String other = FolderLock.holder(file)
                    .flatMap(LeaseHolder::parse)
                    .map(LeaseHolder::toString)
                    .orElse("another run");
            throw new HeldJournalException(location, other);
        }
        Optional<LeaseHolder> dead = LeaseHolder.parse(lock.get().leftBy());
        if (dead.isPresent()) {
            dead.get().stopWorkers(blobs());
        }
        return lock.get();
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
