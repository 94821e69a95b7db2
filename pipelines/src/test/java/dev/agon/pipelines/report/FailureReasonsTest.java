package dev.agon.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReasonsTest {

    @TempDir
    Path folder;

    @Test
    void messagesThatDifferInIdsAndNumbersAreOneReason() throws IOException {
        FixtureRun run = new FixtureRun(folder)
                .failure("rollout", "a/0/0", "a", "stopped", "the rollout was not started")
                .failure("rollout", "a/0/1", "a", "stopped", "the rollout was not started")
                .failure("rollout", "a/0/2", "a", "stopped", "the rollout was not started");
        for (int index = 3; index < 5; index++) {
            run.failure("rollout", "a/0/" + index, "a", "sandbox", "a/0/" + index + ": pipe " + index + " broke");
        }
        run.failure("tasks", "t.jsonl:1", null, "bad_input", "not JSON")
                .failure("vote", "a/0/select/0/0/1", "a", "model", "no answer")
                .failure("grade", "b/0/0", "b", "grader", "no verdict")
                .write();
        FailureReasons reasons = FailureReasons.of(folder);
        assertThat(printed(reasons::printMostFrequent))
                .isEqualTo(String.join(
                        "\n",
                        "  2 x rollout, sandbox: a/0/3: pipe 3 broke",
                        "      such as a/0/3",
                        "  1 x grade, grader: no verdict",
                        "      such as b/0/0",
                        "  1 x tasks, bad_input: not JSON",
                        "      such as t.jsonl:1",
                        "  and 1 more reasons",
                        ""));
        assertThat(printed(reasons::printAll))
                .contains("  2 x rollout, sandbox: a/0/3: pipe 3 broke\n      a/0/3\n      a/0/4\n")
                .endsWith(
                        "  3 x rollout, stopped: the rollout was not started\n      a/0/0\n      a/0/1\n      a/0/2\n");
    }

    private static String printed(Consumer<PrintStream> print) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        print.accept(new PrintStream(out, true));
        return out.toString();
    }
}
