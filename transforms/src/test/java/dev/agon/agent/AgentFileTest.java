package dev.agon.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentFileTest {

    @Test
    void readsTheShippedConfiguration() {
        AgentConfig config = AgentFile.shipped().compile(AgentOverrides.NONE);
        assertThat(config.limits()).isEqualTo(new AgentLimits(30, 3.0, Duration.ofHours(1), 3, Duration.ofSeconds(30)));
        assertThat(config.environment()).isEmpty();
        assertThat(commands(config, "x\n```mswea_bash_command\n ls -l \n```\ny"))
                .containsExactly("ls -l");
    }

    @Test
    void readsTodaysFormAndLeavesForeignKeysAlone() throws IOException {
        AgentConfig config = file("current.yaml").compile(AgentOverrides.NONE);
        assertThat(config.limits()).isEqualTo(new AgentLimits(250, 3.0, Duration.ZERO, 3, Duration.ofSeconds(60)));
        assertThat(config.environment()).isEqualTo(Map.of("PAGER", "cat", "COLUMNS", "120"));
        assertThat(config.protocol().id()).isEqualTo("<do>(.*?)</do>");
        assertThat(commands(config, "<do>a</do> and <do>\nb\nc\n</do>")).containsExactly("a", "b\nc");
    }

    @Test
    void readsTheFormOfTheFirstVersion() throws IOException {
        AgentConfig config = file("old.yaml").compile(AgentOverrides.NONE);
        assertThat(config.limits().steps()).isZero();
        assertThat(commands(config, "```bash\nls\n```")).containsExactly("ls");
        assertThat(commands(config, "```mswea_bash_command\nls\n```")).isEmpty();
    }

    @Test
    void takesTheWholeMatchWhereThereIsNoGroup() throws IOException {
        AgentConfig config = new AgentFile("f", file("current.yaml").yaml().replace("<do>(.*?)</do>", "RUN .*?;"))
                .compile(AgentOverrides.NONE);
        assertThat(commands(config, "RUN a; RUN b;")).containsExactly("RUN a;", "RUN b;");
    }

    @Test
    void letsARunOverrideTheLimits() {
        AgentConfig config = AgentFile.shipped().compile(new AgentOverrides(5, 0.5, 2.5, 60.0));
        assertThat(config.limits())
                .isEqualTo(new AgentLimits(5, 0.5, Duration.ofMinutes(1), 3, Duration.ofMillis(2500)));
    }

    @Test
    void hashesWhatCanChangeAnswersAndNoLimit() throws IOException {
        AgentFile file = file("current.yaml");
        String hash = file.compile(AgentOverrides.NONE).hash();
        assertThat(file.compile(new AgentOverrides(5, 0.5, 2.0, 60.0)).hash()).isEqualTo(hash);
        for (String part : new String[] {"You work", "Task:", "Saw:", "Wrong:", "<do>", "cat"}) {
            String changed = file.yaml().replace(part, part.replace("a", "e").replace("o", "u"));
            assertThat(changed).isNotEqualTo(file.yaml());
            assertThat(new AgentFile("f", changed).compile(AgentOverrides.NONE).hash())
                    .as("hash with another " + part)
                    .isNotEqualTo(hash);
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiterString = " | ",
            value = {
                "  system_template: You work in a shell.        | # gone                       | f.yaml: agent.system_template: is missing, expected a Jinja2 template as text",
                "You work in a shell. | [1, 2] | f.yaml: agent.system_template: is a list of 2, expected text",
                "{{ output.returncode }}                        | {{ output.code }}            | template f.yaml, model.observation_template, line 1: undefined variable `output.code`",
                "{{ task }}                                     | {{ taks }}                   | template f.yaml, agent.instance_template, line 1: undefined variable `taks`",
                "{{ task }}                                     | {% if task %}                | template f.yaml, agent.instance_template, line 1: ",
                "{{ actions|length }}                           | {{ actions[0] }}             | template f.yaml, model.format_error_template, line 4: undefined variable `actions[0]`",
                "<do>(.*?)</do>                                 | <do>(.*?</do>                | f.yaml: model.action_regex: is no regular expression: Unclosed group",
                "<do>(.*?)</do>                                 | (<do>)(.*?)</do>             | f.yaml: model.action_regex: is the text \"(<do>)(.*?)</do>\", expected a regular expression with at most one group",
                "step_limit: 250                                | step_limit: many             | f.yaml: agent.step_limit: is the text \"many\", expected a whole number, 0 or above",
                "step_limit: 250                                | step_limit: 2.5              | f.yaml: agent.step_limit: is the number 2.5, expected a whole number, 0 or above",
                "cost_limit: 3.                                 | cost_limit: -1               | f.yaml: agent.cost_limit: is the number -1, expected a number, 0 or above",
                "timeout: 60                                    | timeout: 0                   | f.yaml: environment.timeout: is 0, expected a number of seconds above 0",
                "PAGER: cat                                     | PAGER: [cat]                 | f.yaml: environment.env.PAGER: is a list of 1, expected text",
                "PAGER: cat                                     | PAGER: 3.10                  | f.yaml: environment.env.PAGER: is 3.10 without quotes, which is no text to every reader of YAML, expected text, in quotes: \"3.10\"",
                "PAGER: cat                                     | PAGER: 010                   | f.yaml: environment.env.PAGER: is 010 without quotes",
                "PAGER: cat                                     | PAGER: yes                   | f.yaml: environment.env.PAGER: is yes without quotes",
                "PAGER: cat                                     | PAGER: 1e3                   | f.yaml: environment.env.PAGER: is 1e3 without quotes",
                "PAGER: cat                                     | PAGER: 2024-01-01            | f.yaml: environment.env.PAGER: is 2024-01-01 without quotes",
                "PAGER: cat                                     | PAGER:                       | f.yaml: environment.env.PAGER: is null, expected text",
                "PAGER: cat                                     | COLUMNS: cat                 | f.yaml: line 22: not readable as YAML: Duplicate field 'COLUMNS'",
                "agent:                                         | agent: [                     | f.yaml: line ",
            })
    void saysWhichKeyIsWrong(String part, String instead, String message) throws IOException {
        String yaml = file("current.yaml").yaml();
        assertThat(yaml).contains(part);
        AgentFile wrong = new AgentFile("f.yaml", yaml.replace(part, instead));
        assertThatThrownBy(() -> wrong.compile(AgentOverrides.NONE))
                .isInstanceOf(AgentConfigException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '\0',
            value = {"'3.10' | 3.10", "\"yes\" | yes", "!!str 010 | 010", "v1.0 | v1.0", "1.2.3 | 1.2.3", "-R | -R"})
    void whatIsTextToEveryReaderIsAVariable(String written, String value) throws IOException {
        AgentFile file =
                new AgentFile("f.yaml", file("current.yaml").yaml().replace("PAGER: cat", "PAGER: " + written));
        assertThat(file.compile(AgentOverrides.NONE).environment()).containsEntry("PAGER", value);
    }

    @Test
    void speaksToolCallsWhereThePromptsAskForThem() throws IOException {
        String yaml = file("old.yaml").yaml().replace("Answer with", "Make one tool call, not");
        AgentProtocol protocol =
                new AgentFile("f.yaml", yaml).compile(AgentOverrides.NONE).protocol();
        assertThat(protocol.tools()).extracting(tool -> tool.name()).containsExactly("bash");
        assertThat(file("old.yaml").compile(AgentOverrides.NONE).protocol().tools())
                .isEmpty();
    }

    @Test
    void saysWhichFileIsMissing(@TempDir Path folder) {
        assertThatThrownBy(() -> AgentFile.read(folder.resolve("a.yaml")))
                .isInstanceOf(AgentConfigException.class)
                .hasMessage("agent.config: there is no file " + folder.resolve("a.yaml") + "; name one that exists");
    }

    @Test
    void travelsToWorkers(@TempDir Path folder) throws IOException, ClassNotFoundException {
        AgentFile file = AgentFile.read(Files.writeString(folder.resolve("a.yaml"), "agent: {}"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(file);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(file);
        }
    }

    private static AgentFile file(String name) throws IOException {
        return new AgentFile(name, AgentTest.resource(name));
    }

    /** All commands that a message holds, those of one with none or several too. */
    private static List<String> commands(AgentConfig config, String message) {
        try {
            return config.protocol().commands(message, List.of());
        } catch (FormatErrorException e) {
            return e.commands();
        }
    }
}
