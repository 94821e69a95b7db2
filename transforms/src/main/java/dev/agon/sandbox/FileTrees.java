package dev.agon.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Folders with all that is in them, on the host: their removal and size. Links are not followed; others may remove things too. */
public final class FileTrees {

    private FileTrees() {}

    /** Removes a folder and all in it, if it is there. */
    public static void remove(Path root) throws IOException {
        Files.walkFileTree(root, new Removal());
    }

    /**
     * Removes a folder and all in it, one file last.
     *
     * @param last name of the file by which the folder is known for what it is, if the removal is cut short
     */
    public static void remove(Path root, String last) throws IOException {
        removeInside(root, last);
        Files.deleteIfExists(root.resolve(last));
        Files.deleteIfExists(root);
    }

    /** Removes all that is in a folder, but the entries of these names. */
    static void removeInside(Path root, String... kept) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!List.of(kept).contains(entry.getFileName().toString())) {
                    remove(entry);
                }
            }
        }
    }

    /** Bytes of all files in a folder that can be seen. */
    public static long bytes(Path root) {
        long[] sum = new long[1];
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the visitor above lets no failure out", e);
        }
        return sum[0];
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            try {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            } catch (NoSuchFileException e) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
