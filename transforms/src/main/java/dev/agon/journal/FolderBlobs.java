package dev.agon.journal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Blobs as files below one folder: each is written beside its place and moved there in one step. */
public final class FolderBlobs implements Blobs {

    private static final String UNFINISHED = ".part";
    private static final AtomicLong WRITES = new AtomicLong();

    private final Path root;

    public FolderBlobs(Path root) {
        this.root = root;
    }

    @Override
    public Optional<byte[]> get(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(root.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(String name, byte[] bytes) throws IOException {
        Path place = root.resolve(name);
        Files.createDirectories(place.getParent());
        // The process id keeps writers of several processes apart, the count those of this one.
        Path part = place.resolveSibling(place.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + WRITES.incrementAndGet() + UNFINISHED);
        Files.write(part, bytes);
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(root.resolve(name));
    }

    @Override
    public List<String> list(String folder) throws IOException {
        Path start = root.resolve(folder);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.getFileName().toString().endsWith(UNFINISHED)) {
                    names.add(root.relativize(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // moved to its place between listing and visiting
                }
                throw failure;
            }
        });
        Collections.sort(names);
        return names;
    }
}
