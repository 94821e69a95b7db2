package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.TaskFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    @ParameterizedTest
    @MethodSource("tasks")
    void theTaskIsNotSolvedAsItStands(ReadTask task) throws Exception {
        Path work = lay(task, null);
        boolean visible = passes(task.task().getVisibleCheck(), work).isEmpty();
        assertThat(visible && hidden(task, work).isEmpty()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void theReferenceSolutionPassesBothChecks(ReadTask task) throws Exception {
        Path work = lay(task, "solution");
        assertThat(passes(task.task().getVisibleCheck(), work)).isEmpty();
        assertThat(hidden(task, work)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void theOverfitPassesTheVisibleCheckOnly(ReadTask task) throws Exception {
        if (Files.isDirectory(folder(task).resolve("overfit"))) {
            Path work = lay(task, "overfit");
            assertThat(passes(task.task().getVisibleCheck(), work)).isEmpty();
            assertThat(hidden(task, work)).isNotEmpty();
        }
    }

    /** Empty when the hidden check passes, else its output. */
    private static String hidden(ReadTask task, Path work) throws IOException, InterruptedException {
        write(task.truth().getFiles(), work);
        String failure = passes(task.truth().getCommand(), work);
        String printed = Files.readString(work.resolveSibling("output")).stripTrailing();
        String last = printed.substring(printed.lastIndexOf('\n') + 1);
        return failure.isEmpty() && !last.equals(task.truth().getMarker()) ? "no marker: " + printed : failure;
    }

    /** Empty when the command returns 0, else its output. */
    private static String passes(String command, Path work) throws IOException, InterruptedException {
        Path output = work.resolveSibling("output");
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        Process process = builder.start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return "timed out: " + command;
        }
        String printed = Files.readString(output, StandardCharsets.ISO_8859_1);
        return process.exitValue() == 0 ? "" : "return code " + process.exitValue() + "\n" + printed;
    }

    private Path lay(ReadTask task, String replacement) throws IOException {
        Path work = Files.createDirectories(temp.resolve("work"));
        write(task.task().getFiles(), work);
        if (replacement != null) {
            Path from = folder(task).resolve(replacement);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = work.resolve(from.relativize(file));
                    assertThat(to).as("what %s replaces", file).exists();
                    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return work;
    }

    private static void write(List<TaskFile> files, Path work) throws IOException {
        for (TaskFile file : files) {
            Path path = work.resolve(file.getPath());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getContent().array());
        }
    }

    private static Path folder(ReadTask task) {
        return DEMO.resolve(task.task().getTaskId());
    }
}
