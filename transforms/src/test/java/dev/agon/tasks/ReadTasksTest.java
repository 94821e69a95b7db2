package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.schemas.Failure;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.TableName;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskRef;
import dev.agon.schemas.TaskRow;
import dev.agon.stores.HandedOver;
import dev.agon.stores.JournalStore;
import dev.agon.tables.RowsOf;
import dev.agon.tables.WithRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.util.CoderUtils;
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
        HandedOverTasks handedOver =
                HandedOverTasks.put(set, new JournalStore(scheme + folder.resolve("journal")), "given");
        Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
        WithRows<TaskRef> read = pipeline.apply(ReadTasks.of(handedOver));
        PAssert.that(read.output()).containsInAnyOrder(handedOver.tasks());
        PAssert.that(RowsOf.table(read, TableName.TASKS, TaskRow.class)).satisfies(rows -> {
            assertThat(rows).extracting(TaskRow::getTaskId).containsExactlyInAnyOrder("task-0", "task-1", "task-2");
            assertThat(rows).extracting(TaskRow::getFiles).containsOnly(List.of("a.txt"));
            return null;
        });
        PAssert.that(RowsOf.table(read, TableName.FAILURES, Failure.class))
                .containsInAnyOrder(set.failures().toArray(Failure[]::new));
        assertThat(contents(handedOver, TaskRef::getTaskKey, Task.class))
                .isEqualTo(set.tasks().stream().map(ReadTask::task).toList());
        assertThat(contents(handedOver, TaskRef::getTruthKey, GroundTruth.class))
                .isEqualTo(set.tasks().stream().map(ReadTask::truth).toList());
        pipeline.run().waitUntilFinish();
    }

    @Test
    void whatTravelsIsSmallHoweverLargeTheTaskAndTheHiddenSideIsInBlobsOfItsOwn() throws Exception {
        TaskSet set = dataSet(3, "x".repeat(1 << 20));
        HandedOverTasks handedOver = HandedOverTasks.put(
                set, new JournalStore(folder.resolve("journal").toString()), "given");
        for (TaskRef task : handedOver.tasks()) {
            assertThat(CoderUtils.encodeToByteArray(AvroCoder.specific(TaskRef.class), task))
                    .hasSizeLessThan(200);
        }
        assertThat(filesWith(MARKER)).hasSize(3).allMatch(file -> file.startsWith("truths/"));
    }

    @Test
    void aWorkerThatDoesNotSeeThemSaysWhereTheyShouldBe() {
        HandedOverTasks elsewhere = new HandedOverTasks(
                new JournalStore(folder.toString()), List.of(new TaskRef("t", "given/tasks/0/abc", "")), List.of());
        Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
        pipeline.apply(ReadTasks.of(elsewhere));
        assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
                .hasMessageContaining(
                        "the tasks that the launcher read are not where it put them, at given/tasks/0/abc in the"
                                + " journal " + folder
                                + ": the journal must be on a file system that the launcher and all"
                                + " workers share");
    }

    private static <T extends SpecificRecord> List<T> contents(
            HandedOverTasks handedOver, Function<TaskRef, String> key, Class<T> type) {
        HandedOver<T> store = new HandedOver<>(handedOver.store(), type);
        return handedOver.tasks().stream().map(key).map(store::get).toList();
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
        Path given = folder.resolve("journal/given");
        try (Stream<Path> files = Files.walk(given)) {
            return files.filter(file -> Files.isRegularFile(file) && contains(file, text))
                    .map(file -> given.relativize(file).toString())
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
