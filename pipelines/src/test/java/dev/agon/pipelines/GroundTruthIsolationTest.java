package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Falsifies every grade, once to all pass and once to none, and finds everything but the grades unchanged. */
class GroundTruthIsolationTest {

    private static final Set<TableName> ALL_BUT_GRADES = EnumSet.complementOf(EnumSet.of(TableName.GRADES));

    @TempDir
    Path folder;

    @Test
    void selectionsDoNotDependOnGrades() throws Exception {
        assumeThat(RunEndToEndTest.bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        RunQuery allPass = runWithHiddenCheck("pass", "run: \"true\"");
        RunQuery nonePass = runWithHiddenCheck("fail", "run: \"false\"");
        assertThat(allPass.number("SELECT count(*) FROM grades WHERE resolved")).isEqualTo(16);
        assertThat(nonePass.number("SELECT count(*) FROM grades WHERE NOT resolved"))
                .isEqualTo(16);
        assertThat(allPass.number("SELECT count(*) FROM votes")).isPositive();
        assertThat(allPass.fingerprint(ALL_BUT_GRADES)).isEqualTo(nonePass.fingerprint(ALL_BUT_GRADES));
    }

    private RunQuery runWithHiddenCheck(String name, String hidden) throws IOException {
        Path tasks = folder.resolve(name).resolve("tasks");
        for (String task : new String[] {"free-shipping", "cron-weekdays"}) {
            copy(Path.of("../run-configs/demo-tasks", task), tasks.resolve(task));
            Path yaml = tasks.resolve(task).resolve("task.yaml");
            String text = Files.readString(yaml);
            Files.writeString(yaml, text.substring(0, text.indexOf("hidden:")) + "hidden:\n  " + hidden + "\n");
        }
        Path out = folder.resolve(name).resolve("out");
        Outcome outcome = RunEndToEndTest.execute(
                "run",
                "../run-configs/demo.yaml",
                "--out",
                out.toString(),
                "--set",
                "tasks.path=" + tasks,
                "--set",
                "scaling.rollouts=4",
                "--set",
                "scaling.context_size=1");
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        return new RunQuery(out);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
