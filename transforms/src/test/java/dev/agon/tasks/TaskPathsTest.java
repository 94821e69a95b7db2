package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.schemas.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskPathsTest {

    @TempDir
    Path temp;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(temp.resolve("more"));
        Files.writeString(temp.resolve("b.jsonl"), row("b") + row("a"));
        Files.writeString(temp.resolve("a.jsonl"), row("a"));
        Files.writeString(temp.resolve("empty.jsonl"), "");
        Files.writeString(temp.resolve("more/c.jsonl"), row("c"));
        Files.writeString(temp.resolve("[x].jsonl"), row("x"));
    }

    @Test
    void allFilesThatMatchAreOneDataSetInWhichEachIdIsTakenOnce() throws Exception {
        TaskSet read = read("[a-z]*.jsonl");

        assertThat(read.tasks()).extracting(task -> task.task().getTaskId()).containsExactly("a", "b");
        assertThat(read.failures())
                .extracting(Failure::getElementId)
                .containsExactly(
                        temp.resolve("b.jsonl") + ":2",
                        temp.resolve("empty.jsonl").toString());
    }

    @Test
    void twoStarsReachIntoFolders() throws Exception {
        assertThat(TasksConfig.paths(temp + "/**/c.jsonl")).isEqualTo(List.of(temp.resolve("more/c.jsonl")));
    }

    @Test
    void aFileThatExistsIsItselfWhateverItsName() throws Exception {
        assertThat(read("[x].jsonl").tasks()).hasSize(1);
    }

    @Test
    void nothingThatMatchesIsAnError() {
        assertThatThrownBy(() -> read("*.parquet"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("nothing matches " + temp + "/*.parquet: check tasks.path");
        assertThatThrownBy(() -> read("none/*.parquet")).isInstanceOf(BadInputException.class);
    }

    private TaskSet read(String pattern) throws BadInputException {
        return new TasksConfig("swebench", temp + "/" + pattern, List.of(), null).read();
    }

    private static String row(String id) {
        return "{\"instance_id\": \"" + id
                + "\", \"problem_statement\": \"p\", \"FAIL_TO_PASS\": [], \"PASS_TO_PASS\": []}\n";
    }
}
