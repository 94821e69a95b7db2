package dev.agon.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.agent.AgentFile;
import dev.agon.agent.AgentOverrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The run configurations that users copy are valid as they stand. */
class RunConfigsTest {

    private static final Path FOLDER = Path.of("../run-configs");
    private static final Map<String, String> TASKS = Map.of(
            "tasks.format", "agon", "tasks.path", FOLDER.resolve("demo-tasks").toString());

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsValid(Path file) throws Exception {
        Experiment experiment = check(file, needsTasks(file) ? TASKS : Map.of());
        assertThat(experiment.name() + ".yaml").isEqualTo(file.getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsBoughtHasAPrice(Path file) throws Exception {
        assertThat(check(file, needsTasks(file) ? TASKS : Map.of()).models())
                .allMatch(model -> model.endpoint() == null || model.price() != null);
    }

    @Test
    void thePapersFilesAskForTheirTasks() {
        assertThatThrownBy(() -> check(FOLDER.resolve("paper-swebench.yaml"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("`tasks.format` is missing");
    }

    @Test
    void theAgentOfToolCallsCompilesAndCallsATool() {
        AgentFile file = AgentFile.read(FOLDER.resolve("agents/tool-calls.yaml"));
        assertThat(file.compile(AgentOverrides.NONE).protocol().tools())
                .extracting(tool -> tool.name())
                .containsExactly("bash");
    }

    private static boolean needsTasks(Path file) {
        return file.getFileName().toString().startsWith("paper-");
    }

    private static Experiment check(Path file, Map<String, String> settings) throws ConfigException {
        return RunConfigCheck.check(RunConfigReader.read(file, settings), name -> "made up");
    }
}
