package dev.agon.stores;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds a folder for one process, by a file that goes with the lock and says who has it.
 *
 * <p>Only who holds the lock removes the file. Another may have opened that file before, and gets its lock afterwards, when it is
 * at no path any more and locks nothing. So whoever has a lock looks whether its file is still in its place, and begins anew where
 * it is not. Within one process a table of files decides: there, closing any channel to the file would end the lock.
 */
public final class FolderLock implements Lease {

    private static final int LONGEST_NAME = 1000;
    private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel locked;
    private final FileChannel inPlace;
    private final String leftBy;

    private FolderLock(Path file, FileChannel locked, FileChannel inPlace, String leftBy) {
        this.file = file;
        this.locked = locked;
        this.inPlace = inPlace;
        this.leftBy = leftBy;
    }

    /** Takes the lock of a run's folder, by a file beside it; empty when another run writes to the folder. */
    public static Optional<FolderLock> of(Path folder) throws IOException {
        return of(folder.resolveSibling(folder.getFileName() + ".lock"), "");
    }

    /**
     * Takes a lock.
     *
     * @param file its file, by a path without links
     * @param holder who takes it, for those who come later
     * @return empty when another has it
     */
    static Optional<FolderLock> of(Path file, String holder) throws IOException {
        if (HELD.putIfAbsent(file, holder) != null) {
            return Optional.empty();
        }
        Optional<FolderLock> lock = Optional.empty();
        try {
            lock = acquire(file, holder);
            return lock;
        } finally {
            if (lock.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    /** Who has the lock, as far as it is said. */
    static Optional<String> holder(Path file) throws IOException {
        String here = HELD.get(file);
        try {
            return Optional.of(here != null ? here : Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Who had the lock and ended without giving it back; an empty text for nobody. */
    String leftBy() {
        return leftBy;
    }

    private static Optional<FolderLock> acquire(Path file, String holder) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isHeldAfter(channel)) {
                channel.close();
                return Optional.empty();
            }
            Optional<FileChannel> inPlace = openIfHeld(file);
            if (inPlace.isPresent()) {
                ByteBuffer before = ByteBuffer.allocate(LONGEST_NAME);
                channel.read(before, 0);
                channel.truncate(0).write(StandardCharsets.UTF_8.encode(holder), 0);
                String leftBy = new String(before.array(), 0, before.position(), StandardCharsets.UTF_8);
                return Optional.of(new FolderLock(file, channel, inPlace.get(), leftBy));
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
