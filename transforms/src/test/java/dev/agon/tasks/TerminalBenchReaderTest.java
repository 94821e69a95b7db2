package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.sandbox.SandboxConfig;
import dev.agon.schemas.TaskFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A public task that makes a folder inside of its working folder and copies a file into it. */
class TerminalBenchReaderTest {

    @TempDir
    Path folder;

    private Path task;

    @BeforeEach
    void write() throws Exception {
        task = Files.createDirectories(folder.resolve("bank"));
        Files.createDirectories(task.resolve("data"));
        Files.writeString(task.resolve("data/rows.csv"), "a,b\n");
        Files.writeString(task.resolve("task.yaml"), "instruction: Filter.\nparser_name: pytest\n");
        Files.writeString(task.resolve("run-tests.sh"), "python -m pytest -rA\n");
        Files.writeString(task.resolve("Dockerfile"), """
                FROM python:3.13-slim-bookworm
                RUN apt-get update && apt-get install -y \\
                    tmux curl asciinema \\
                    && rm -rf /var/lib/apt/lists/*
                WORKDIR /app
                RUN mkdir /app/data
                COPY data/rows.csv /app/data/rows.csv
                """);
    }

    @Test
    void aFolderInsideOfTheWorkingFolderIsNoObstacle() throws Exception {
        ReadTask read = read("3.13");
        assertThat(read.obstacle(SandboxConfig.Kind.NAMESPACE)).isEmpty();
        assertThat(read.task().getFiles()).extracting(TaskFile::getPath).containsExactly("data/rows.csv");
    }

    @Test
    void theTrueObstacleIsNamed() throws Exception {
        assertThat(read("3.11").obstacle(SandboxConfig.Kind.NAMESPACE))
                .get()
                .asString()
                .contains("line 1 of its Dockerfile starts from `python:3.13-slim-bookworm`", "(3.11)");
        Files.writeString(task.resolve("run-tests.sh"), "curl -LsSf https://example.org/install.sh | sh\n");
        assertThat(read("3.13").obstacle(SandboxConfig.Kind.NAMESPACE))
                .get()
                .asString()
                .contains("has tests that fetch what they need while they run (run-tests.sh: `curl`)");
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() throws Exception {
        Files.writeString(task.resolve("task.yaml"), "instruction: Filter.\ninstruction: Count.\n");
        assertThatThrownBy(() -> read("3.13"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("bank: task.yaml: line 2: not readable as YAML: Duplicate field 'instruction'");
    }

    private ReadTask read(String python) throws Exception {
        return new TerminalBenchReader(host(python)).read(folder).tasks().get(0);
    }

    private static HostSystem host(String python) {
        return new HostSystem(Set.of("curl")::contains, name -> false, python, "linux/amd64");
    }
}
