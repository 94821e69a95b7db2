package dev.agon.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Temporary files of one process: {@code agon-process-<pid>-<number>} in the machine's folder for temporary files, with an
 * {@link OwnerLock}. Libraries unpack their native parts there (Snappy, LZ4, DuckDB). It goes when the process ends; of a killed one,
 * the next worker removes it ({@link DeadWorker}).
 */
public final class ProcessFolder {

    static final String PREFIX = "agon-process-";

    private static final String TEMPORARY = "java.io.tmpdir";
    /** Where {@link #machine} is once {@link #TEMPORARY} is the process's own folder. */
    public static final String MACHINE = "agon.tmpdir";

    private ProcessFolder() {}

    /** The machine's folder for temporary files, where workers have theirs. */
    public static Path machine() {
        return Path.of(System.getProperty(MACHINE, System.getProperty(TEMPORARY)));
    }

    /** Gives this process its folder, before it makes any temporary file. Without one it goes on with the machine's. */
    public static void enter() {
        try {
            Path folder = Files.createDirectory(
                    machine().resolve(PREFIX + ProcessHandle.current().pid() + "-" + System.currentTimeMillis()),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Optional<OwnerLock> lock = OwnerLock.mark(folder);
            if (lock.isPresent()) {
                System.setProperty(MACHINE, machine().toString());
                System.setProperty(TEMPORARY, folder.toString());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder, lock.get())));
            }
        } catch (IOException e) {
            // The folder cannot be written: what needs a temporary file says so.
            return;
        }
    }

    private static void remove(Path folder, OwnerLock lock) {
        try (lock) {
            FileTrees.remove(folder, OwnerLock.FILE);
        } catch (IOException e) {
            // Somebody wrote a file just now: the next worker removes it.
            return;
        }
    }
}
