package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds what the demo data set promises: a task is not solved as it stands, its reference solution (`solution/`, laid over the
 * working files) passes both checks, and its over-fit (`overfit/`) passes the visible check and fails the hidden one.
 */
class DemoTasksTest {

    private static final Path DEMO = Path.of("../run-configs/demo-tasks");

    @TempDir
    Path temp;

    static List<ReadTask> tasks() throws BadInputException {
        TaskSet demo = new AgonTaskReader().read(DEMO);
        assertThat(demo.failures()).isEmpty();
        return demo.tasks();
    }

    static List<ReadTask> overfits() throws BadInputException {
        return tasks().stream()
                .filter(task -> Files.isDirectory(folder(task).resolve("overfit")))
                .toList();
    }

    @Test
    void thereAreEnoughTasksAndOverfits() throws Exception {
        assertThat(tasks()).hasSizeGreaterThanOrEqualTo(24);
        assertThat(overfits()).hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void theTaskIsNotSolvedAsItStands(ReadTask task) throws Exception {
        Path work = lay(task);
        boolean visible = visible(task, work).passes(null);
        assertThat(visible && hidden(task, work).passes(task.truth().getMarker()))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void theReferenceSolutionPassesBothChecks(ReadTask task) throws Exception {
        Path work = replace(task, "solution", lay(task));
        assertThat(visible(task, work)).matches(run -> run.passes(null));
        assertThat(hidden(task, work)).matches(run -> run.passes(task.truth().getMarker()));
    }

    @ParameterizedTest
    @MethodSource("overfits")
    void theOverfitPassesTheVisibleCheckOnly(ReadTask task) throws Exception {
        Path work = replace(task, "overfit", lay(task));
        assertThat(visible(task, work)).matches(run -> run.passes(null));
        assertThat(hidden(task, work)).matches(run -> !run.passes(task.truth().getMarker()));
    }

    private static CheckRun visible(ReadTask task, Path work) throws IOException, InterruptedException {
        return CheckRun.of(task.task().getVisibleCheck(), work);
    }

    private static CheckRun hidden(ReadTask task, Path work) throws IOException, InterruptedException {
        CheckRun.lay(task.truth().getFiles(), work);
        return CheckRun.of(task.truth().getCommand(), work);
    }

    private Path lay(ReadTask task) throws IOException {
        return CheckRun.lay(task.task().getFiles(), temp.resolve("work"));
    }

    private static Path replace(ReadTask task, String replacement, Path work) throws IOException {
        Path from = folder(task).resolve(replacement);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = work.resolve(from.relativize(file));
                assertThat(to).as("what %s replaces", file).exists();
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return work;
    }

    private static Path folder(ReadTask task) {
        return DEMO.resolve(task.task().getTaskId());
    }
}
