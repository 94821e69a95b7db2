package dev.agon.pipelines.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds a run's folder for one process, by a file beside it that goes with the lock.
 *
 * <p>Only who holds the lock removes the file. Another may have opened that file before, and gets its lock afterwards, when it is
 * at no path any more and locks nothing. So whoever has a lock looks whether its file is still in its place, and begins anew where
 * it is not. Within one process a set of folders decides: there, closing any channel to the file would end the lock.
 */
public final class FolderLock implements AutoCloseable {

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel locked;
    private final FileChannel inPlace;

    private FolderLock(Path file, FileChannel locked, FileChannel inPlace) {
        this.file = file;
        this.locked = locked;
        this.inPlace = inPlace;
    }

    /** Takes the lock; empty when another run writes to the folder. */
    public static Optional<FolderLock> of(Path folder) throws IOException {
        Path file = folder.resolveSibling(folder.getFileName() + ".lock");
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Optional<FolderLock> lock = Optional.empty();
        try {
            lock = acquire(file);
            return lock;
        } finally {
            if (lock.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    private static Optional<FolderLock> acquire(Path file) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isHeldAfter(channel)) {
                channel.close();
                return Optional.empty();
            }
            Optional<FileChannel> inPlace = openIfHeld(file);
            if (inPlace.isPresent()) {
                return Optional.of(new FolderLock(file, channel, inPlace.get()));
            }
            channel.close();
        }
    }

    /** Tries to lock; false when another process, or another run in this one, has the lock. */
    private static boolean isHeldAfter(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** The file at the path, opened again, if it is the one that this process has locked: then it cannot be locked once more. */
    private static Optional<FileChannel> openIfHeld(Path file) throws IOException {
        FileChannel again;
        try {
            again = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            again.tryLock();
            again.close();
            return Optional.empty();
        } catch (OverlappingFileLockException e) {
            return Optional.of(again); // stays open: to close it would end the lock
        }
    }

    @Override
    public void close() throws IOException {
        try (inPlace;
                locked) {
            Files.deleteIfExists(file);
        } finally {
            HELD.remove(file);
        }
    }
}
