package dev.agon.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.pipelines.RunEndToEndTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code agon tasks --verify}: which tasks of a set can be told solved from not solved. */
class VerifiedTasksTest {

    @TempDir
    Path folder;

    @Test
    void eachUnsoundTaskIsNamedWithItsReason() throws Exception {
        task("sound", "grep -q good a.txt", "good");
        task("wrong-reference", "grep -q better a.txt || { echo a.txt is no better; exit 1; }", "good");
        task("nothing-needed", "test -s a.txt", "good");
        task("no-reference", "grep -q good a.txt", null);
        RunEndToEndTest.Outcome outcome = verify();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.text().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "sound yes 2 0 2",
                        "wrong-reference NO 0 0 2",
                        "nothing-needed NO 2 2 2",
                        "no-reference NO 0 0 2")
                .contains(
                        "- no-reference has no reference solution",
                        "- nothing-needed is resolved when nothing is done",
                        "4 tasks, 1 sound; 0 records left out.")
                .anyMatch(line -> line.startsWith("- wrong-reference is not resolved by its reference solution: ")
                        && line.contains("a.txt is no better"));
    }

    @Test
    void aSetOfSoundTasksEndsWithZero() throws Exception {
        task("sound", "grep -q good a.txt", "good");
        assertThat(verify().exitCode()).isZero();
    }

    private RunEndToEndTest.Outcome verify() throws IOException {
        Path config = Files.writeString(
                folder.resolve("verify.yaml"),
                "name: verify\ntasks: {format: agon, path: tasks}\nmodel: {provider: repair}\n");
        return RunEndToEndTest.execute("tasks", config.toString(), "--verify", "--times", "2");
    }

    /** @param reference what the reference solution writes into a.txt; null for a task without one */
    private void task(String name, String check, String reference) throws IOException {
        Path task = folder.resolve("tasks").resolve(name);
        Files.createDirectories(task.resolve("files"));
        Files.createDirectories(task.resolve("hidden"));
        Files.writeString(task.resolve("files/a.txt"), "bad\n");
        Files.writeString(task.resolve("hidden/check.sh"), check + "\n");
        Files.writeString(task.resolve("statement.md"), "Make a.txt good.\n");
        Files.writeString(task.resolve("task.yaml"), "hidden: {run: bash check.sh}\n");
        if (reference != null) {
            Files.createDirectories(task.resolve("solution"));
            Files.writeString(task.resolve("solution/a.txt"), reference + "\n");
        }
    }
}
