package dev.agon.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.pipelines.output.RunManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunConfigReaderTest {

    private static final String WHOLE = """
            name: small
            seed: 3
            tasks:
              format: agon
              path: tasks
            model:
              provider: repair
            """;

    @TempDir
    Path folder;

    @Test
    void whatIsNotSaidIsThePapersDefault() throws Exception {
        RunConfig config = read(WHOLE, Map.of());
        assertThat(config.scaling())
                .isEqualTo(new RunConfig.Scaling(
                        16, 2, "select", 4, 2, 8, "summary", "append", true, false, false, false));
        assertThat(config.sandbox().kind()).isEqualTo("namespace");
        assertThat(config.out()).isEqualTo("out/small");
        assertThat(config.journal()).isEqualTo("out/small.journal");
    }

    @Test
    void evidenceIsPartOfAReplayAndOfARunThatAsksForIt() throws Exception {
        String corpus = WHOLE.replace("tasks:\n  format: agon\n", "replay:\n");
        assertThat(read(corpus, Map.of()).scaling().evidence()).isTrue();
        assertThat(read(corpus, Map.of("scaling.evidence", "false")).scaling().evidence())
                .isFalse();
        RunConfig asked = read(WHOLE, Map.of("scaling.evidence", "true", "sandbox.kind", "host"));
        assertThat(RunConfigCheck.check(asked).summarizer().evidence()).isTrue();
        assertThat(RunConfigCheck.check(read(WHOLE, Map.of("sandbox.kind", "host")))
                        .summarizer()
                        .evidence())
                .isFalse();
        assertThatThrownBy(() -> read(WHOLE, Map.of("scaling.evidence", "'on'")))
                .hasMessageContaining("`scaling.evidence` has the wrong type: expected true or false");
    }

    @Test
    void pathsOfInputsAreRelativeToTheFileAndThoseOfTheCommandLineAreNot() throws Exception {
        assertThat(read(WHOLE, Map.of()).tasks().path())
                .isEqualTo(folder.resolve("tasks").toString());
        assertThat(read(WHOLE, Map.of("tasks.path", "../data")).tasks().path()).isEqualTo("../data");
    }

    @Test
    void theCommandLineWinsAndTheJournalStandsBesideTheOutput() throws Exception {
        RunConfig config = read(
                WHOLE,
                Map.of("scaling.rollouts", "4", "roles.judge.temperature", "0.5", "out", "x/", "tasks.ids", "[a, b]"));
        assertThat(config.scaling().rollouts()).isEqualTo(4);
        assertThat(config.roles().judge().temperature()).isEqualTo(0.5);
        assertThat(config.journal()).isEqualTo("x.journal");
        assertThat(config.tasks().ids()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed: 3 | sead: 3 | line 2: unknown key `sead`: did you mean `seed`?",
                "format: agon | fromat: agon | line 4: unknown key `tasks.fromat`: did you mean `format`?",
                "seed: 3 | seed: three | line 2: `seed` has the wrong type: expected a whole number",
                "seed: 3 | seed: 3.5 | line 2: `seed` has the wrong type: expected a whole number",
                "name: small | name: [a] | line 1: `name` has the wrong type: expected text",
                "path: tasks | path: true | line 5: `tasks.path` has the wrong type: expected text",
                "seed: 3 | name: twice | line 2: not readable as YAML: Duplicate field 'name'",
                "provider: repair | 'provider: \"repair' | not readable as YAML",
                "seed: 3 | 'prompts: {jugde: x}' | line 2: unknown key `prompts.jugde`: did you mean `judge`? Valid here: context, judge, judge_repair, judge_system,",
                "seed: 3 | 'prompts: {judge: [x]}' | line 2: `prompts.judge` has the wrong type: expected text",
            })
    void aMistakeInTheFileIsNamedWithItsLine(String right, String wrong, String message) {
        assertThatThrownBy(() -> read(WHOLE.replace(right, wrong), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("run.yaml")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scaling.rolouts | 4 | --set: unknown key `scaling.rolouts`: did you mean `rollouts`?",
                "scaling.rollouts | many | --set: `scaling.rollouts` has the wrong type: expected a whole number",
                "seed.x | 1 | --set seed.x: `seed` has no keys below it",
                "scaling.group_size | 1 | `scaling.group_size` is 1: it must be 2 or more",
                "scaling.context | selected | `scaling.context` is `selected`: did you mean `select`?",
                "tasks.format | humaneval | `tasks.format` is `humaneval`: did you mean `humanevalfix`?",
                "model.provider | open | `model.provider` is `open`",
                "model.temperature | 0 | the judge's temperature is 0 and scaling.votes is 8",
                "model.temperature | -1 | it must be 0 or more",
                "sandbox.kind | none | `sandbox.kind` is `none`",
                "sandbox.pids | 9999999 | `sandbox.pids` is 9999999: it must be from 4 to 4194304",
                "sandbox.output_kb | 9999999 | `sandbox.output_kb` is 9999999: it must be from 1 to 131072",
                "sandbox.submission_mb | 9999 | `sandbox.submission_mb` is 9999: it must be from 1 to 256",
                "sandbox.cpu_s | 999999999 | `sandbox.cpu_s` is 999999999: it must be from 1 to 31536000",
                "agent.command_timeout_s | 3000000 | `agent.command_timeout_s` is 3000000.0: it must be 2147483 or less",
                "grading.timeout_s | 3000000 | `grading.timeout_s` is 3000000: it must be from 1 to 2147483",
                "name | a/b | `name` is `a/b`: it names files",
                "agent.config | missing.yaml | there is no file missing.yaml",
                "roles.judge.prompt | missing.jinja | `roles.judge.prompt`: there is no file missing.jinja",
                "roles.summarizer.window_tokens | 4096 | `roles.summarizer.window_tokens` is 4096: it must be 6144 or more",
                "roles.judge.window_tokens | 9000 | `roles.judge.window_tokens` has no effect: only the summariser has a window",
                "prompts.judge_system | missing.jinja | `prompts.judge_system`: there is no file missing.jinja",
                "prompts.jugde | x.jinja | --set: unknown key `prompts.jugde`: did you mean `judge`?",
                "scaling.change | apend | `scaling.change` is `apend`: did you mean `append`?",
            })
    void aMistakeOnTheCommandLineIsNamed(String key, String value, String message) {
        assertThatThrownBy(() -> RunConfigCheck.check(read(WHOLE, Map.of(key, value))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aPromptOfTheUserIsFoundBesideTheFileAndHasOneName() throws Exception {
        Files.writeString(folder.resolve("judge.jinja"), "{{ candidates }}");
        String own = WHOLE + "prompts: {judge: judge.jinja}\n";
        assertThat(RunConfigCheck.check(read(own, Map.of())).prompts()).containsEntry("judge", "{{ candidates }}");
        assertThat(RunManifest.identity(read(own, Map.of()))).isNotEqualTo(RunManifest.identity(read(WHOLE, Map.of())));
        Map<String, String> twice =
                Map.of("roles.judge.prompt", folder.resolve("judge.jinja").toString());
        assertThat(RunConfigCheck.check(read(WHOLE, twice)).prompts()).containsEntry("judge", "{{ candidates }}");
        assertThatThrownBy(() -> RunConfigCheck.check(read(own, twice)))
                .hasMessage("`roles.judge.prompt` and `prompts.judge` are the same prompt: leave one of them out");
    }

    @ParameterizedTest
    @CsvSource({
        "repair, , , 2147483647",
        "replay, repair, , 2147483647",
        "replay, some-model, , 32768",
        "replay, glm-5.1, , 81920",
        "replay, vendor/glm-5.1, , 81920",
        "replay, claude-sonnet-5, , 200000",
        "replay, claude-sonnet-5, 1000000, 1000000",
        "repair, , 8192, 8192"
    })
    void aSummariserHasTheWindowOfItsModelWhereItIsKnown(String provider, String name, Integer set, int window)
            throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("model.provider", provider));
        if (name != null) {
            settings.put("model.name", name);
        }
        if (set != null) {
            settings.put("model.window_tokens", set.toString());
        }
        assertThat(RunConfigCheck.check(read(WHOLE, settings)).summarizer().windowTokens())
                .isEqualTo(window);
    }

    @Test
    void aTaskPromptShowsTheContextWhereThereIsOne() throws Exception {
        Files.writeString(folder.resolve("task.jinja"), "{{ statement }}");
        String own = WHOLE + "prompts: {task: task.jinja}\n";
        assertThatThrownBy(() -> RunConfigCheck.check(read(own, Map.of())))
                .hasMessageContaining("`prompts.task` never reads `context`");
        RunConfigCheck.check(read(own, Map.of("scaling.context", "none")));
        RunConfigCheck.check(read(own, Map.of("scaling.iterations", "1")));
    }

    /** The hash is that of a version without prompts, windows and a choice about the change. */
    @Test
    void keysThatCameLaterDoNotChangeTheIdentityOfRunsFromBefore() throws Exception {
        assertThat(RunManifest.identity(read(WHOLE, Map.of("tasks.path", "/tasks"))))
                .isEqualTo("ba1cc8b7f3d3e5e177c3c75ff508018fca6d45c65351bb72559299ed4d5ee1ba");
        assertThat(RunManifest.identity(read(WHOLE, Map.of("tasks.path", "/tasks", "scaling.change", "none"))))
                .doesNotStartWith("ba1cc8b7");
    }

    @Test
    void whatAMachineMustProtectIsNoPartOfTheRunsIdentity() throws Exception {
        assertThat(RunManifest.identity(read(WHOLE, Map.of("sandbox.require", "[user, memory]"))))
                .isEqualTo(RunManifest.identity(read(WHOLE, Map.of())));
    }

    @Test
    void whatMustBeThereIsMissed() {
        assertThatThrownBy(() -> RunConfigCheck.check(read("name: x", Map.of())))
                .hasMessage("`tasks` is missing");
        assertThatThrownBy(() -> read("", Map.of())).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> RunConfigReader.read(folder.resolve("none.yaml"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no file");
    }

    private RunConfig read(String yaml, Map<String, String> settings) throws Exception {
        Path file = folder.resolve("run.yaml");
        Files.writeString(file, yaml);
        return RunConfigReader.read(file, settings);
    }
}
