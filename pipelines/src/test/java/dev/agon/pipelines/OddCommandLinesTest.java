package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a user types, there is a message and one of the exit codes, and never a stack trace. */
class OddCommandLinesTest {

    private static final int LINES = 200;

    @TempDir
    Path folder;

    private List<String> words;

    @BeforeEach
    void writeOddFiles() throws IOException {
        Files.writeString(folder.resolve("empty.yaml"), "");
        Files.writeString(folder.resolve("broken.yaml"), "name: [\n");
        Files.writeString(folder.resolve("list.yaml"), "- 1\n- 2\n");
        Files.writeString(folder.resolve("null.yaml"), "name: null\ntasks: null\nmodel: null\n");
        Files.writeString(
                folder.resolve("no-tasks.yaml"),
                "name: x\ntasks: {format: agon, path: nowhere}\nmodel: {provider: repair}\n");
        Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff, 0, 1, 2});
        Files.createDirectories(folder.resolve("run/rollouts"));
        Files.writeString(folder.resolve("run/rollouts/rollouts-00000-of-00001.parquet"), "no table");
        Files.createDirectories(folder.resolve("empty-run/rollouts"));
        words = new ArrayList<>(List.of(
                "run",
                "replay",
                "plan",
                "tasks",
                "prompts",
                "report",
                "show",
                "failures",
                "export",
                "predictions",
                "trajectories",
                "grades",
                "import",
                "journal",
                "stats",
                "verify",
                "gc",
                "agent",
                "judge",
                "--verify",
                "--times",
                "0",
                "-1",
                "3x",
                "--follow",
                "--step",
                "--overwrite",
                "--overwite",
                "--format",
                "atif",
                "json",
                "--stage",
                "final",
                "--dry-run",
                "--help",
                "--version",
                "--like",
                "--rollout",
                "--journal",
                "--runner=NoRunner",
                "--flinkMaster=localhost:1",
                "--set",
                "scaling.rollouts=0",
                "scaling.rollouts=many",
                "scaling=1",
                "=",
                "a=b",
                "model.provider=none",
                "seed=1e99",
                "--tasks",
                ",",
                "a/0/0",
                "a",
                "/",
                "",
                " ",
                "\u0000",
                "../..",
                "*",
                "--",
                "-x",
                "--out",
                "\ud83d\ude00",
                "x".repeat(5000),
                "https://example.invalid/x",
                "gs://none/x"));
        for (String name : List.of(
                "empty.yaml",
                "broken.yaml",
                "list.yaml",
                "null.yaml",
                "no-tasks.yaml",
                "bytes.yaml",
                "run",
                "empty-run",
                "nowhere",
                ".")) {
            words.add(folder.resolve(name).toString());
            words.add(folder.resolve(name).toString());
        }
    }

    @Test
    void noneEndsInAStackTrace() {
        Random random = new Random(20261128);
        for (int line = 0; line < LINES; line++) {
            List<String> typed = new ArrayList<>();
            typed.add(words.get(random.nextInt(15)));
            for (int word = random.nextInt(5); word >= 0; word--) {
                typed.add(words.get(random.nextInt(words.size())));
            }
            Outcome outcome = RunEndToEndTest.execute(typed.toArray(String[]::new));
            assertThat(outcome.exitCode()).as("%s: %s", typed, outcome.text()).isBetween(0, 3);
            assertThat(outcome.text())
                    .as("%s", typed)
                    .doesNotContain("Exception in thread", "\tat ", "java.lang.")
                    .isNotBlank();
        }
    }
}
