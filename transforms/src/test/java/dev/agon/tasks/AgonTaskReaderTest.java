package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.schemas.Failure;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgonTaskReaderTest {

    @TempDir
    Path temp;

    Path set;

    @BeforeEach
    void oneGoodTask() throws IOException {
        set = temp.resolve("set");
        write("good/task.yaml", "hidden: {run: bash hidden.sh}");
        write("good/statement.md", "Fix it.\n");
    }

    @Test
    void readsEveryPartOfATask() throws Exception {
        write("full/task.yaml", """
                id: shop/full
                check: bash check.sh
                workdir: /srv/shop
                image: debian:12
                hidden:
                  run: bash hidden.sh
                  marker: all hold
                  timeout_s: 7
                  sandbox: rollout
                """);
        write("full/statement.md", "Grüße.\n\nIt is broken.\n");
        write("full/files/b.txt", "b");
        write("full/files/a/run.sh", "echo a");
        Files.setPosixFilePermissions(set.resolve("full/files/a/run.sh"), PosixFilePermissions.fromString("rwxr--r--"));
        write("full/hidden/hidden.sh", "secret");
        write("full/solution/b.txt", "the answer");

        TaskSet read = new AgonTaskReader().read(set);

        assertThat(read.failures()).isEmpty();
        assertThat(read.tasks()).hasSize(2);
        ReadTask full = read.tasks().get(0);
        Task task = full.task();
        assertThat(task)
                .isEqualTo(Task.newBuilder()
                        .setTaskId("shop/full")
                        .setDataSet("agon:set")
                        .setSource(set + ":full")
                        .setStatement("Grüße.\n\nIt is broken.")
                        .setWorkdir("/srv/shop")
                        .setImage("debian:12")
                        .setVisibleCheck("bash check.sh")
                        .setFiles(List.of(file("a/run.sh", "echo a", true), file("b.txt", "b", false)))
                        .setContentHash(task.getContentHash())
                        .build());
        assertThat(full.truth())
                .isEqualTo(GroundTruth.newBuilder()
                        .setTaskId("shop/full")
                        .setCommand("bash hidden.sh")
                        .setMarker("all hold")
                        .setTimeoutS(7)
                        .setSandbox("rollout")
                        .setFiles(List.of(file("hidden.sh", "secret", false)))
                        .build());
        assertThat(task.toString()).doesNotContain("secret", "the answer", "all hold", "hidden.sh");
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        ReadTask good = new AgonTaskReader().read(set).tasks().get(0);

        assertThat(good.task().getTaskId()).isEqualTo("good");
        assertThat(good.task().getWorkdir()).isEqualTo("/work");
        assertThat(good.task().getVisibleCheck()).isNull();
        assertThat(good.task().getImage()).isNull();
        assertThat(good.task().getFiles()).isEmpty();
        assertThat(good.truth().getMarker()).isNull();
        assertThat(good.truth().getTimeoutS()).isEqualTo(60);
        assertThat(good.truth().getSandbox()).isEqualTo("fresh");
    }

    @Test
    void theHashIsOfAllThatAnAgentSeesAndOfNothingElse() throws Exception {
        write("good/files/a.txt", "1");
        String before = hash();
        write("good/hidden/hidden.sh", "other");
        assertThat(hash()).isEqualTo(before);
        Files.setPosixFilePermissions(set.resolve("good/files/a.txt"), PosixFilePermissions.fromString("rwx------"));
        assertThat(hash()).isNotEqualTo(before);
        before = hash();
        write("good/files/a.txt", "2");
        assertThat(hash()).isNotEqualTo(before);
        before = hash();
        write("good/task.yaml", "{check: 'true', hidden: {run: bash hidden.sh}}");
        assertThat(hash()).isNotEqualTo(before);
        before = hash();
        write("good/statement.md", "Fix it well.");
        assertThat(hash()).isNotEqualTo(before);
    }

    @Test
    void tasksComeInTheOrderOfTheirFolders() throws Exception {
        for (String name : List.of("zeta", "alpha", "beta")) {
            write(name + "/task.yaml", "hidden: {run: 'true'}");
            write(name + "/statement.md", name);
        }
        write("README.md", "no task");
        write(".cache/x", "no task");

        assertThat(new AgonTaskReader().read(set).tasks())
                .extracting(task -> task.task().getTaskId())
                .containsExactly("alpha", "beta", "good", "zeta");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                              | `hidden.run` is missing
            {hidden: {}}                                    | `hidden.run` is missing
            {hidden: {run: ' '}}                            | `hidden.run` is blank
            {hidden: {run: x, timout_s: 3}}                 | line 1: unknown key `hidden.timout_s`: expected one of [marker, run, sandbox, timeout_s] (nearest: `timeout_s`)
            {chek: x, hidden: {run: x}}                     | unknown key `chek`: expected one of [check, hidden, id, image, workdir] (nearest: `check`)
            {hidden: x}                                     | `hidden` has the wrong type: expected a map
            {hidden: {run: [x]}}                            | `hidden.run` has the wrong type: expected text
            {hidden: {run: 1}}                              | `hidden.run` has the wrong type: expected text
            {hidden: {run: x, timeout_s: soon}}             | `hidden.timeout_s` has the wrong type: expected a whole number
            {hidden: {run: x, timeout_s: 1.5}}              | `hidden.timeout_s` has the wrong type: expected a whole number
            {hidden: {run: x, timeout_s: 0}}                | `hidden.timeout_s` is 0: expected seconds, 1 or more
            {hidden: {run: x, sandbox: none}}               | `hidden.sandbox` is `none`: expected one of [fresh, rollout]
            {hidden: {run: x}, workdir: work}               | `workdir` is `work`: expected an absolute path
            {hidden: {run: x}, workdir: /work/../etc}       | `workdir` is `/work/../etc`: expected an absolute path
            {hidden: {run: x}, id: ../x}                    | `../x`: none of its parts
            {hidden: {run: x}, id: 'a b'}                   | `a b`: expected an id without blanks
            {hidden: {run: x}, id: a, id: b}                | Duplicate field 'id'
            '{hidden: {run: x}'                             | task.yaml line 1: not readable as YAML
            [x]                                             | the file has the wrong type: expected a map
            """)
    void anErrorInTaskYamlRejectsThisTaskAlone(String yaml, String message) throws Exception {
        write("bad/task.yaml", yaml);
        write("bad/statement.md", "Fix it.");

        assertThat(onlyFailure()).contains(set + ":bad: ", "task.yaml", message);
    }

    @Test
    void anIdHasAThousandCharactersAtMost() throws Exception {
        write("bad/statement.md", "Fix it.");
        String longest = "\uD83D\uDE00".repeat(1_000);
        write("bad/task.yaml", "{hidden: {run: x}, id: " + longest + "}");
        assertThat(new AgonTaskReader().read(set).tasks())
                .extracting(task -> task.task().getTaskId())
                .contains(longest);
        write("bad/task.yaml", "{hidden: {run: x}, id: " + longest + "x}");
        assertThat(onlyFailure())
                .contains("task.yaml: id has 1001 characters: expected an id of Unicode characters, 1000 at most");
        write("bad/task.yaml", "{hidden: {run: x}, id: \"\\uD83D\"}");
        assertThat(onlyFailure()).contains("expected an id of Unicode characters");
    }

    @Test
    void aTaskWithoutItsFilesIsRejected() throws Exception {
        Files.createDirectories(set.resolve("bad"));
        assertThat(onlyFailure()).contains("task.yaml is missing");
        write("bad/task.yaml", "");
        assertThat(onlyFailure()).contains("task.yaml is empty");
        write("bad/task.yaml", "null");
        assertThat(onlyFailure()).contains("task.yaml is empty");
        write("bad/task.yaml", "hidden: {run: x}");
        assertThat(onlyFailure()).contains("statement.md is missing");
        write("bad/statement.md", " \n");
        assertThat(onlyFailure()).contains("statement.md is empty");
        Files.write(set.resolve("bad/statement.md"), new byte[] {'a', (byte) 0xe9, 'b'});
        assertThat(onlyFailure()).contains("statement.md is not UTF-8");
    }

    @Test
    void whatLeadsOutOfATaskIsRejected() throws Exception {
        write("bad/task.yaml", "hidden: {run: x}");
        write("bad/statement.md", "Fix it.");
        write("bad/files/a.txt", "a");
        Path link = set.resolve("bad/files/link");
        Files.createSymbolicLink(link, Path.of("/etc/passwd"));
        assertThat(onlyFailure()).contains("files/link is a symbolic link to /etc/passwd: expected a plain file");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("../hidden"));
        assertThat(onlyFailure()).contains("files/link is a symbolic link to ../hidden");
        Files.delete(link);
        assertThat(new ProcessBuilder("mkfifo", link.toString()).start().waitFor())
                .isZero();
        assertThat(onlyFailure()).contains("files/link is a special file: expected a plain file");
        Files.delete(link);
        Files.createSymbolicLink(set.resolve("bad/hidden"), Path.of("/etc"));
        assertThat(onlyFailure()).contains("hidden is a symbolic link to /etc: expected a folder");
        Files.delete(set.resolve("bad/hidden"));
        Files.delete(set.resolve("bad/statement.md"));
        Files.createSymbolicLink(set.resolve("bad/statement.md"), Path.of("/etc/hostname"));
        assertThat(onlyFailure()).contains("statement.md is a symbolic link to /etc/hostname");
        Files.delete(set.resolve("bad/statement.md"));
    }

    @Test
    void aTaskOverTheSizeLimitIsRejected() throws Exception {
        write("bad/task.yaml", "hidden: {run: x}");
        write("bad/statement.md", "Fix it.");
        Files.createDirectories(set.resolve("bad/files"));
        Files.createDirectories(set.resolve("bad/hidden"));
        Files.write(set.resolve("bad/files/half"), new byte[TaskContent.MAX_BYTES / 2]);
        Files.write(set.resolve("bad/hidden/half"), new byte[TaskContent.MAX_BYTES / 2]);
        assertThat(onlyFailure()).contains("larger than 16 MiB").contains("passed at hidden/half");
    }

    @Test
    void theFirstOfTwoTasksWithOneIdIsKept() throws Exception {
        write("later/task.yaml", "{id: good, hidden: {run: x}}");
        write("later/statement.md", "Another.");

        TaskSet read = new AgonTaskReader().read(set);

        assertThat(read.tasks()).extracting(task -> task.task().getStatement()).containsExactly("Fix it.");
        Failure failure = read.failures().get(0);
        assertThat(failure.getTaskId()).isEqualTo("good");
        assertThat(failure.getMessage()).contains(set + ":later: ", "already taken by " + set + ":good");
    }

    @Test
    void aDataSetThatCannotBeReadIsAnError() throws Exception {
        Path empty = Files.createDirectories(temp.resolve("empty"));
        assertThatThrownBy(() -> new AgonTaskReader().read(empty))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(empty + " holds no task");
        assertThatThrownBy(() -> new AgonTaskReader().read(temp.resolve("absent")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> new AgonTaskReader().read(set.resolve("good")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is one task");
        assertThatThrownBy(() -> new AgonTaskReader().read(set.resolve("good/statement.md")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is a file");
        Files.delete(set.resolve("good/task.yaml"));
        assertThatThrownBy(() -> new AgonTaskReader().read(set))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("none of the 1 records")
                .hasMessageContaining("task.yaml is missing");
    }

    private String hash() throws BadInputException {
        return new AgonTaskReader().read(set).tasks().get(0).task().getContentHash();
    }

    /** Reads the set: the good task must be there, and exactly one failure. */
    private String onlyFailure() throws BadInputException {
        TaskSet read = new AgonTaskReader().read(set);
        assertThat(read.tasks()).extracting(task -> task.task().getTaskId()).containsExactly("good");
        assertThat(read.failures()).hasSize(1);
        Failure failure = read.failures().get(0);
        assertThat(failure.getStep()).isEqualTo("tasks");
        assertThat(failure.getKind()).isEqualTo("bad_input");
        assertThat(failure.getElementId()).isEqualTo(set + ":bad");
        assertThat(failure.getMessage()).doesNotContain("\n");
        return failure.getMessage();
    }

    private void write(String path, String text) throws IOException {
        Path file = set.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    static TaskFile file(String path, String text, boolean executable) {
        return TaskFile.newBuilder()
                .setPath(path)
                .setContent(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .setExecutable(executable)
                .build();
    }
}
