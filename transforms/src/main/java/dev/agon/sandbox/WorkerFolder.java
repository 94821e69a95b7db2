package dev.agon.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one worker keeps on the host for its sandboxes: {@code agon-sandboxes-<pid>-*} in the folder for temporary files. Gone
 * when the worker closes it; what a dead worker left is removed by the next one.
 */
final class WorkerFolder {

    private static final String PREFIX = "agon-sandboxes-";
    private static final Pattern OWNED = Pattern.compile(PREFIX + "(\\d{1,10})-\\d+");

    private final Path folder;

    private WorkerFolder(Path folder) {
        this.folder = folder;
    }

    static WorkerFolder create() throws SandboxUnavailableException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            removeThoseOfTheDead(parent);
            Path folder = Files.createTempDirectory(
                    parent, PREFIX + ProcessHandle.current().pid() + "-");
            // Others may enter, since sandboxes run as another user when the worker is root.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new WorkerFolder(folder);
        } catch (IOException e) {
            throw new SandboxUnavailableException(
                    "cannot make a folder for sandboxes in " + parent + " (-Djava.io.tmpdir names another place): "
                            + e.getMessage(),
                    e);
        }
    }

    Path path() {
        return folder;
    }

    Path makeFolder(String name) throws IOException {
        return Files.createDirectory(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    /** Copies a script out of the jar. */
    static void writeScript(String name, Path target) throws IOException {
        try (InputStream script = WorkerFolder.class.getResourceAsStream(name)) {
            Files.copy(script, target);
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
    }

    void remove() {
        try {
            removeTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder + "; remove it by hand", e);
        }
    }

    private static void removeThoseOfTheDead(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*-*")) {
            for (Path left : folders) {
                Matcher name = OWNED.matcher(left.getFileName().toString());
                if (!name.matches()
                        || ProcessHandle.of(Long.parseLong(name.group(1))).isPresent()) {
                    continue;
                }
                try {
                    removeTree(left);
                } catch (AccessDeniedException | NoSuchFileException | DirectoryNotEmptyException e) {
                    // Another user's, or another worker is at it right now.
                    continue;
                }
            }
        }
    }

    /** Removes a folder and all in it; follows no links. */
    static void removeTree(Path root) throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(root);
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
