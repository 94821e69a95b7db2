package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.schemas.Failure;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data set goes through the journal's store, and comes out as it was read. */
class ReadTasksTest {

    private static final String MARKER = "only the grader may see this";

    @TempDir
    Path folder;

    @BeforeAll
    static void fileSystems() {
        FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file://"})
    void whatWasReadComesOutWithoutItsFiles(String scheme) throws Exception {
        TaskSet set = dataSet(3, "Fix it.");
        HandedOverTasks staged =
                HandedOverTasks.stage(set, new JournalStore(scheme + folder.resolve("journal")), "given");
        Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
        ReadTasks.Result read = pipeline.apply(ReadTasks.of(staged));
        PAssert.that(read.tasks())
                .containsInAnyOrder(set.tasks().stream().map(ReadTask::task).toArray(Task[]::new));
        PAssert.that(read.truths())
                .containsInAnyOrder(set.tasks().stream().map(ReadTask::truth).toArray(GroundTruth[]::new));
        PAssert.that(read.failures()).containsInAnyOrder(set.failures().toArray(Failure[]::new));
        pipeline.run().waitUntilFinish();
    }

    @Test
    void manyTasksAreFewPartsAndTheHiddenSideIsInPartsOfItsOwn() throws Exception {
        TaskSet set = dataSet(10, "x".repeat(1 << 20));
        HandedOverTasks staged = HandedOverTasks.stage(
                set, new JournalStore(folder.resolve("journal").toString()), "given");
        assertThat(staged.tasks()).containsExactly("given/tasks-0", "given/tasks-1", "given/tasks-2");
        assertThat(staged.truths()).containsExactly("given/truths-0");
        assertThat(filesWith(MARKER)).containsExactly("truths-0");
    }

    @Test
    void aWorkerThatDoesNotSeeThemSaysWhereTheyShouldBe() {
        HandedOverTasks elsewhere = new HandedOverTasks(
                new JournalStore(folder.toString()), List.of("given/tasks-0"), List.of(), List.of());
        Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
        pipeline.apply(ReadTasks.of(elsewhere));
        assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
                .hasMessageContaining(
                        "the tasks that the launcher read are not where it put them, at given/tasks-0 in the"
                                + " journal " + folder
                                + ": the journal must be on a file system that the launcher and all"
                                + " workers share");
    }

    private TaskSet dataSet(int tasks, String statement) throws Exception {
        for (int i = 0; i < tasks; i++) {
            Path task = Files.createDirectories(folder.resolve("tasks/task-" + i));
            Files.writeString(task.resolve("statement.md"), statement);
            Files.createDirectories(task.resolve("files"));
            Files.writeString(task.resolve("files/a.txt"), "a\n");
            Files.writeString(task.resolve("task.yaml"), "hidden:\n  run: \"echo " + MARKER + "\"\n");
        }
        Files.createDirectories(folder.resolve("tasks/broken"));
        Files.writeString(folder.resolve("tasks/broken/task.yaml"), "hidden: [");
        TaskSet set = new TasksConfig("agon", folder.resolve("tasks").toString(), List.of(), null).read();
        assertThat(set.tasks()).hasSize(tasks);
        assertThat(set.failures()).hasSize(1);
        return set;
    }

    private List<String> filesWith(String text) throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("journal/given"))) {
            return files.filter(file -> contains(file, text))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
