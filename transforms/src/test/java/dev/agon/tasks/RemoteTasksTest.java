package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.schemas.Failure;
import dev.agon.schemas.TaskFile;
import dev.agon.stores.ObjectStore;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Data sets that are not on this machine's disk. */
class RemoteTasksTest {

    private static final String BUCKET = "object://remote-tasks/";

    @BeforeAll
    static void store() {
        FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
        harbor("set/count", "Count.");
        harbor("set/sum", "Sum.");
        ObjectStore.put(BUCKET + "set/broken/task.toml", "version = \"1.0\"");
        ObjectStore.put(BUCKET + "rows/a.jsonl", row("a") + "{\n");
        ObjectStore.put(BUCKET + "rows/b.jsonl", row("b"));
    }

    @Test
    void aFolderOfTasksIsReadAsOnDisk() throws Exception {
        TaskSet read = read("harbor", BUCKET + "set/");

        assertThat(read.tasks()).extracting(task -> task.task().getTaskId()).containsExactly("count", "sum");
        assertThat(read.tasks())
                .extracting(task -> task.task().getSource())
                .containsExactly(BUCKET + "set:count", BUCKET + "set:sum");
        assertThat(read.tasks())
                .allSatisfy(task -> assertThat(task.task().getDataSet()).isEqualTo("harbor:set"));
        assertThat(read.tasks().get(0).task().getFiles())
                .extracting(TaskFile::getPath)
                .containsExactly("input.txt");
        assertThat(read.failures())
                .extracting(Failure::getMessage)
                .singleElement()
                .asString()
                .startsWith(BUCKET + "set:broken: instruction.md is missing");
        assertThat(read.failures().get(0).getElementId()).isEqualTo(BUCKET + "set:broken");
    }

    @Test
    void oneTaskAFileAndPatternsAreReadAsWell() throws Exception {
        assertThat(ids(read("harbor", BUCKET + "set/sum"))).containsExactly("sum");
        assertThat(ids(read("harbor", BUCKET + "set/[cs]*"))).containsExactly("count", "sum");
        assertThat(ids(read("swebench", BUCKET + "rows/b.jsonl"))).containsExactly("b");
        TaskSet rows = read("swebench", BUCKET + "rows/*.jsonl");
        assertThat(ids(rows)).containsExactly("a", "b");
        assertThat(rows.failures().get(0).getMessage()).startsWith(BUCKET + "rows/a.jsonl:2: ");
    }

    @Test
    void whatCannotBeReadIsSaidWithItsAddress() {
        assertThatThrownBy(() -> read("harbor", BUCKET + "none"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("nothing is at " + BUCKET + "none: check tasks.path");
        assertThatThrownBy(() -> read("agon", BUCKET + "rows/a.jsonl"))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(BUCKET + "rows/a.jsonl is a file");
        assertThatThrownBy(() -> read("harbor", "nothing-like-it://set"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("nothing-like-it");
    }

    private static TaskSet read(String format, String path) throws BadInputException {
        return new TasksConfig(format, path, List.of(), null).read();
    }

    private static List<String> ids(TaskSet set) {
        return set.tasks().stream().map(task -> task.task().getTaskId()).toList();
    }

    private static void harbor(String task, String instruction) {
        ObjectStore.put(BUCKET + task + "/task.toml", "version = \"1.0\"\n");
        ObjectStore.put(BUCKET + task + "/instruction.md", instruction);
        ObjectStore.put(
                BUCKET + task + "/environment/Dockerfile", "FROM debian:12\nWORKDIR /app\nCOPY input.txt /app/\n");
        ObjectStore.put(BUCKET + task + "/environment/input.txt", "1\n");
        ObjectStore.put(BUCKET + task + "/tests/test.sh", "echo 1 > /logs/verifier/reward.txt\n");
    }

    private static String row(String id) {
        return "{\"instance_id\": \"" + id
                + "\", \"problem_statement\": \"Fix it.\", \"FAIL_TO_PASS\": [\"t\"], \"PASS_TO_PASS\": []}\n";
    }
}
