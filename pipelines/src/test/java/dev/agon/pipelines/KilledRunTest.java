package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills runs in processes of their own, at several points, and starts them again. */
class KilledRunTest {

    private static final long PATIENCE_S = 120;

    @TempDir
    Path folder;

    @Test
    void aKilledRunStartedAgainGoesOnFromItsJournalAndEndsWithTheSameTables() throws Exception {
        assumeThat(RunEndToEndTest.bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        Path killed = folder.resolve("killed");
        // Short, as names of sockets must be, and open to the user of the sandboxes.
        File temporary = Files.createTempDirectory(
                        "kill", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")))
                .toFile();
        for (int entries : new int[] {2, 7, 14}) {
            Process run = start(killed, temporary);
            awaitEntries(run, folder.resolve("killed.journal"), entries);
            run.destroyForcibly().waitFor();
            assertThat(killed).as("a killed run leaves no half of a folder").doesNotExist();
        }
        assertThat(temporary.list())
                .as("what a killed process leaves is in folders that tell whether it lives")
                .isNotEmpty()
                .allMatch(name -> name.matches("agon-(process|sandboxes)-[0-9]+-[0-9]+"));
        Outcome cleaned = RunEndToEndTest.execute("clean", temporary.toString());
        assertThat(cleaned.exitCode()).as(cleaned.text()).isZero();
        assertThat(temporary.delete()).as(cleaned.text()).isTrue();
        long before = entries(folder.resolve("killed.journal"));
        Outcome finished = RunEndToEndTest.execute(arguments(killed).toArray(String[]::new));
        assertThat(finished.exitCode()).as(finished.text()).isZero();
        assertThat(before).isGreaterThanOrEqualTo(14);
        assertThat(finished.text()).contains("from the journal");

        Path undisturbed = folder.resolve("undisturbed");
        assertThat(RunEndToEndTest.execute(arguments(undisturbed).toArray(String[]::new))
                        .exitCode())
                .isZero();
        RunQuery rebuilt = new RunQuery(killed);
        assertThat(rebuilt.fingerprint()).isEqualTo(new RunQuery(undisturbed).fingerprint());
        assertThat(rebuilt.number("SELECT count(*) FROM rollouts WHERE model_calls_paid = 0"))
                .isPositive();
    }

    private static List<String> arguments(Path out) {
        return List.of(
                "run",
                "../run-configs/demo.yaml",
                "--tasks",
                "cron-weekdays,free-shipping",
                "--set",
                "scaling.rollouts=4",
                "--set",
                "scaling.context_size=2",
                "--out",
                out.toString());
    }

    private Process start(Path out, File temporary) throws IOException {
        List<String> command = EndpointExperiment.agon("-Djava.io.tmpdir=" + temporary);
        command.addAll(arguments(out));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("killed.log").toFile()))
                .start();
    }

    private void awaitEntries(Process run, Path journal, int entries) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (entries(journal) < entries) {
            assertThat(run.isAlive() && System.nanoTime() < deadline)
                    .as("the run came to an end, or took too long: %s", Files.readString(folder.resolve("killed.log")))
                    .isTrue();
            run.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    private static long entries(Path journal) throws IOException {
        long entries = 0;
        for (String kind : new String[] {"rollouts", "summaries", "votes"}) {
            if (Files.isDirectory(journal.resolve(kind))) {
                try (Stream<Path> files = Files.walk(journal.resolve(kind))) {
                    entries += files.filter(
                                    file -> file.getFileName().toString().matches("[0-9a-f]{32}"))
                            .count();
                }
            }
        }
        return entries;
    }
}
