package dev.agon.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blobs as files below one folder: each is written beside its place and moved there in one step.
 *
 * <p>A killed process loses nothing that it has put. What {@link BlobKind} calls synced is on the disk, file and folders, before
 * {@link #put} returns, so that a power cut does not take it back. Writers that sync at the same time share the file system's
 * own commits. Of other kinds a power cut may lose the last seconds.
 */
public final class FolderBlobs implements Blobs {

    private static final String UNFINISHED = ".part";
    private static final int ATTEMPTS = 100;
    private static final long PROCESS = ProcessHandle.current().pid();
    private static final AtomicLong WRITES = new AtomicLong();

    private final Path root;
    private final Sync sync;

    /** Brings a file or folder to the disk. */
    @FunctionalInterface
    interface Sync {
        void force(Path path, FileChannel channel) throws IOException;
    }

    public FolderBlobs(Path root) {
        this(root, (path, channel) -> channel.force(true));
    }

    FolderBlobs(Path root, Sync sync) {
        this.root = root;
        this.sync = sync;
    }

    @Override
    public Optional<byte[]> get(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(root.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** What was paid for is not lost to an interrupt: that is put off until the blob is there. */
    @Override
    public void put(String name, byte[] bytes) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    write(name, bytes, attempt > 1);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                    Thread.interrupted();
                } catch (NoSuchFileException | FileAlreadyExistsException e) {
                    // The folder is not there yet, or went away just now; or a dead process of the same id left this
                    // part.
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(String name, byte[] bytes, boolean makeFolder) throws IOException {
        Path place = root.resolve(name);
        Path changed = place.getParent(); // the uppermost folder that gets something new
        if (makeFolder) {
            while (Files.notExists(changed) && changed.getParent() != null) {
                changed = changed.getParent();
            }
            Files.createDirectories(place.getParent());
        }
        boolean synced = BlobKind.isSynced(name);
        // The process id keeps writers of several processes apart, the count those of this one.
        Path part = root.resolve(name + "." + PROCESS + "-" + WRITES.incrementAndGet() + UNFINISHED);
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
            if (synced) {
                sync.force(part, file);
            }
        }
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // An observation is not paid for: its folder is synced with the next answer, so that none is there without it.
        synced &= !JournalKey.isObservation(name);
        for (Path folder = place.getParent(); synced; folder = folder.getParent()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                sync.force(folder, channel);
            }
            synced = !folder.equals(changed);
        }
    }

    /** Removes the file, and the folders that are empty without it. */
    @Override
    public void delete(String name) throws IOException {
        Path place = root.resolve(name);
        Files.deleteIfExists(place);
        try {
            for (Path folder = place.getParent(); !folder.equals(root); folder = folder.getParent()) {
                Files.delete(folder);
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            return; // others use the folder, or have removed it
        }
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return files(root.resolve(folder)).stream()
                .filter(StoredBlob::whole)
                .map(StoredBlob::name)
                .toList();
    }

    @Override
    public List<StoredBlob> stored() throws IOException {
        return files(root);
    }

    private List<StoredBlob> files(Path start) throws IOException {
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        List<StoredBlob> found = new ArrayList<>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = root.relativize(file).toString();
                found.add(new StoredBlob(
                        name,
                        attributes.size(),
                        Optional.of(attributes.lastModifiedTime().toInstant()),
                        !name.endsWith(UNFINISHED)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // moved or removed between listing and visiting
                }
                throw failure;
            }
        });
        found.sort(Comparator.comparing(StoredBlob::name));
        return found;
    }
}
