package dev.agon.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run at a time holds a folder, whether the others are in this process or in another. */
class FolderLockTest {

    @TempDir
    Path folder;

    /** Takes the lock of the given folder and leaves it as often as it is told, and fails if anybody has it at the same time. */
    public static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws IOException {
            hold(Path.of(args[0]), Integer.parseInt(args[1]));
        }

        private static void hold(Path folder, int times) throws IOException {
            Path held = folder.resolveSibling("held");
            int left = times;
            while (left > 0) {
                Optional<FolderLock> lock = FolderLock.of(folder);
                if (lock.isPresent()) {
                    try (FolderLock taken = lock.get()) {
                        Files.createDirectory(held); // fails where it is there
                        Files.delete(held);
                        left--;
                    }
                }
            }
        }
    }

    @Test
    void processesThatTakeItInTurnNeverHoldItTogether() throws Exception {
        int times = 3000;
        Path run = folder.resolve("run");
        List<Process> others = new ArrayList<>();
        for (int other = 0; other < 2; other++) {
            others.add(java(Holder.class, run.toString(), Integer.toString(times)));
        }
        try {
            Holder.hold(run, times);
            for (Process other : others) {
                assertThat(other.waitFor()).isZero();
            }
        } finally {
            others.forEach(Process::destroyForcibly);
        }
        assertThat(folder.resolve("run.lock")).doesNotExist();
    }

    @Test
    void aSecondRunInTheSameProcessDoesNotEndTheLockOfTheFirst() throws Exception {
        Path run = folder.resolve("run");
        try (FolderLock first = FolderLock.of(run).orElseThrow()) {
            assertThat(FolderLock.of(run)).isEmpty();
            Process other = java(Asker.class, run.toString());
            assertThat(other.waitFor()).as("another process has the folder").isZero();
        }
        try (FolderLock next = FolderLock.of(run).orElseThrow()) {
            assertThat(folder.resolve("run.lock")).exists();
        }
    }

    /** Ends with 1 when it can take the lock. */
    public static final class Asker {

        private Asker() {}

        public static void main(String[] args) throws IOException {
            System.exit(FolderLock.of(Path.of(args[0])).isPresent() ? 1 : 0);
        }
    }

    private static Process java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start();
    }
}
