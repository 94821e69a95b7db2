package dev.agon.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * What one worker keeps on the host for its sandboxes: {@code agon-sandboxes-<pid>-<number>} in the folder for temporary files,
 * with an {@link OwnerLock} as the sign that the worker lives. Gone when the worker closes it; what a dead worker left is
 * removed by the next one ({@link DeadWorker}).
 */
final class WorkerFolder {

    static final String PREFIX = "agon-sandboxes-";
    /** Where the worker makes control groups: the path of their parent, on one line. */
    private static final String GROUPS = "groups";

    private final Path folder;
    private final OwnerLock lock;

    private WorkerFolder(Path folder, OwnerLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static WorkerFolder create() throws SandboxUnavailableException {
        Path parent = ProcessFolder.machine();
        try {
            DeadWorker.removeAll(parent);
            while (true) {
                Path folder = Files.createTempDirectory(
                        parent, PREFIX + ProcessHandle.current().pid() + "-");
                Optional<OwnerLock> lock = OwnerLock.mark(folder);
                if (lock.isPresent()) {
                    // Others may enter, since sandboxes run as another user when the worker is root.
                    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
                    return new WorkerFolder(folder, lock.get());
                }
                FileTrees.remove(folder);
            }
        } catch (IOException e) {
            throw new SandboxUnavailableException(
                    "cannot make a folder for sandboxes, with a locked file, in " + parent
                            + " (-Djava.io.tmpdir names another place): " + e.getMessage(),
                    e);
        }
    }

    Path path() {
        return folder;
    }

    /** Notes where the worker makes control groups, for who has to remove them after its death. */
    void noteGroups(Path parent) throws IOException {
        Files.writeString(folder.resolve(GROUPS), parent.toString());
    }

    /** The parent of a worker's control groups, if it noted one. */
    static Optional<Path> notedGroups(Path folder) throws IOException {
        Path note = folder.resolve(GROUPS);
        return Files.exists(note) ? Optional.of(Path.of(Files.readString(note))) : Optional.empty();
    }

    /** How the names of a worker's control groups begin. */
    static String groupPrefix(Path folder) {
        return "agon-" + folder.getFileName().toString().substring(PREFIX.length()) + "-";
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

    /** Removes all of it; but while a control group cannot be removed, what leads the next worker to it stays. */
    void remove(boolean groupsLeft) {
        try (lock) {
            if (groupsLeft) {
                FileTrees.removeInside(folder, OwnerLock.FILE, GROUPS);
            } else {
                FileTrees.remove(folder, OwnerLock.FILE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder + "; remove it by hand", e);
        }
    }
}
