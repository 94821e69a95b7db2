package dev.agon.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small documents of each version of mini-swe-agent: what is read of them, and that they come back from tables as they were. */
class MiniSweAgentFormatTest {

    private static final MiniSweAgentFormat FORMAT = new MiniSweAgentFormat();
    private static final MiniSweAgentWriter WRITER = new MiniSweAgentWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mini-1-text",
                "mini-1.1-tools",
                "mini-1.1-responses",
                "mini-older",
                "mini-1.1-odd",
                "mini-1-never-answered"
            })
    void everyVersionComesBackAsItWasAlsoFromTables(String name) throws Exception {
        JsonNode document = document(name);
        Rollout rollout = read(document).rollout();

        assertThat(FORMAT.recognises(document)).isTrue();
        assertThat(WRITER.write(rollout, "")).isEqualTo(document);
        assertThat(WRITER.write(StoredRollout.avro(rollout), "")).isEqualTo(document);
        assertThat(WRITER.write(StoredRollout.parquet(rollout), "")).isEqualTo(document);
    }

    @Test
    void toolCallsHaveTheirCommandsOutputsAndReturnCodes() throws Exception {
        Trajectory trajectory = read(document("mini-1.1-tools"));
        Rollout rollout = trajectory.rollout();
        Step first = rollout.getSteps().get(0);

        assertThat(trajectory.taskId()).isEqualTo("toy__toy-1");
        assertThat(trajectory.statement()).isEqualTo("Make add() add.");
        assertThat(rollout.getSystemPrompt()).isEqualTo("You work in a shell.");
        assertThat(first.getMessage()).isEqualTo("I look first.");
        assertThat(first.getReasoning()).isEqualTo("The file is small.");
        assertThat(first.getToolCalls()).hasSize(2);
        assertThat(first.getCommands()).extracting(CommandRun::getCommand).containsExactly("cat add.py", "sleep 99");
        assertThat(first.getCommands().get(0).getOutput()).isEqualTo("def add(a, b):\n    return a - b\n");
        assertThat(first.getCommands().get(0).getReturnCode()).isZero();
        assertThat(first.getCommands().get(1).getEnded()).isEqualTo("timed_out");
        assertThat(first.getCommands().get(1).getReturnCode()).isNull();
        assertThat(first.getObservation()).startsWith("<exception>timed out</exception>\n\n<returncode>0");
        assertThat(first.getInputTokens()).isEqualTo(120);
        assertThat(first.getCachedTokens()).isEqualTo(20);
        assertThat(first.getCacheWriteTokens()).isEqualTo(5);
        assertThat(first.getOutputTokens()).isEqualTo(30);
        assertThat(first.getReasoningTokens()).isEqualTo(9);
        assertThat(first.getCostUsd()).isEqualTo(0.001);
        assertThat(rollout.getOutcome()).isEqualTo("submitted");
        assertThat(rollout.getFinalOutput()).isEqualTo("diff --git a/add.py b/add.py\n");
        assertThat(rollout.getSubmission()).isEqualTo("diff --git a/add.py b/add.py\n");
        assertThat(rollout.getStartedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(rollout.getDurationMs()).isEqualTo(4500);
    }

    /** The answer was not taken into the conversation, but was made and paid for. */
    @Test
    void anAnswerThatTheAgentRejectedIsAStep() throws Exception {
        Step rejected = read(document("mini-1.1-tools")).rollout().getSteps().get(1);

        assertThat(rejected.getMessage()).isEqualTo("I am done.");
        assertThat(rejected.getCommands()).isEmpty();
        assertThat(rejected.getObservation()).isEqualTo("No tool calls found in the response.");
        assertThat(rejected.getInputTokens()).isEqualTo(150);
    }

    @Test
    void turnsOfTheResponsesInterfaceAreRead() throws Exception {
        Rollout rollout = read(document("mini-1.1-responses")).rollout();
        Step first = rollout.getSteps().get(0);

        assertThat(first.getMessage()).isEqualTo("I list the files.");
        assertThat(first.getReasoning()).isEqualTo("What is here?");
        assertThat(first.getToolCalls().get(0).getName()).isEqualTo("bash");
        assertThat(first.getCommands().get(0).getOutput()).isEqualTo("add.py\n");
        assertThat(first.getObservation()).isEqualTo("<returncode>0</returncode>\n<output>\nadd.py\n</output>");
        assertThat(first.getInputTokens()).isEqualTo(50);
        assertThat(first.getCachedTokens()).isEqualTo(10);
        assertThat(first.getReasoningTokens()).isEqualTo(3);
        assertThat(rollout.getOutcome()).isEqualTo("cost_limit");
        assertThat(rollout.getExitStatus()).isEqualTo("LimitsExceeded");
        assertThat(rollout.getFinalOutput()).isNull();
    }

    @Test
    void theTextProtocolsOutputsAreParsedOutOfWhatWasShown() throws Exception {
        Rollout rollout = read(document("mini-1-text")).rollout();

        assertThat(rollout.getSteps().get(0).getCommands().get(0).getReturnCode())
                .isEqualTo(2);
        assertThat(rollout.getSteps().get(0).getCommands().get(0).getOutput()).isEqualTo("ls: no such file\n");
        assertThat(rollout.getSteps().get(1).getCommands().get(0).getEnded()).isEqualTo("timed_out");
        assertThat(rollout.getSteps().get(2).getCommands()).isEmpty();
        assertThat(rollout.getSteps().get(3).getObservation()).isNull();
        assertThat(rollout.getSteps().get(3).getCommands().get(0).getOutput()).isEqualTo("the patch\n");
        assertThat(rollout.getCostUsd()).isEqualTo(0.5);
        assertThat(rollout.getModelCalls()).isEqualTo(4);
    }

    @Test
    void aFileInATrialOfHarborIsNamedByTheTrial() throws Exception {
        Trajectory trajectory = Documents.only(FORMAT.read(
                document("mini-older"),
                Documents.file("/jobs/1/fix-it__x2Y4z6A/agent/mini-swe-agent.trajectory.json")));

        assertThat(trajectory.taskId()).isEqualTo("fix-it");
        assertThat(trajectory.trial()).isEqualTo("fix-it__x2Y4z6A");
    }

    @Test
    void aFileFromBeforeTheFormatsHadNamesIsNamedByItself() throws Exception {
        Trajectory trajectory = Documents.only(
                FORMAT.read(document("mini-older"), Documents.file("/corpus/night/toy__toy-7.traj.json")));

        assertThat(trajectory.taskId()).isEqualTo("toy__toy-7");
        assertThat(trajectory.trial()).isEqualTo("night");
        assertThat(trajectory.statement()).isEqualTo("the build is red");
        assertThat(trajectory.rollout().getExitStatus()).isEqualTo("RateLimitError");
        assertThat(trajectory.rollout().getOutcome()).isEqualTo("stopped");
        assertThat(trajectory.rollout().getModel()).isEqualTo("unknown");
    }

    @Test
    void whatAGraderPutIntoAFileIsTheRewardAndNowhereElse() throws Exception {
        ObjectNode document = (ObjectNode) document("mini-1-text");
        document.put("reward", 1);
        ((ObjectNode) document.path("info")).put("resolved", true);

        Trajectory trajectory = read(document);

        assertThat(trajectory.reward()).hasValue(1);
        assertThat(trajectory.rollout().toString()).doesNotContain("reward", "resolved");
        assertThat(WRITER.write(trajectory.rollout(), "")).isEqualTo(document("mini-1-text"));
    }

    @ParameterizedTest
    @CsvSource({
        "Submitted, 0, submitted",
        "LimitsExceeded, 0, step_limit",
        "LimitsExceeded, 9, cost_limit",
        "TimeExceeded, 0, time_limit",
        "RepeatedFormatError, 0, format_errors",
        "ContextWindowExceededError, 0, context_length",
        "ContentPolicyViolationError, 0, refused",
        "KeyboardInterrupt, 0, stopped",
        "'', 0, stopped"
    })
    void exitStatusesHaveAgonsOutcomes(String status, double cost, String outcome) throws Exception {
        ObjectNode document = (ObjectNode) document("mini-1-text");
        ObjectNode info = (ObjectNode) document.path("info");
        info.put("exit_status", status);
        ((ObjectNode) info.path("model_stats")).put("instance_cost", cost);

        assertThat(read(document).rollout().getOutcome()).isEqualTo(outcome);
        assertThat(read(document).rollout().getExitStatus()).isEqualTo(status);
    }

    @Test
    void aRolloutFromElsewhereIsWrittenInTodaysVersionAndReadsTheSame() throws Exception {
        Rollout made = read(document("mini-1.1-tools")).rollout();
        made.setExtra(null);
        made.getSteps().forEach(step -> step.setExtra(null));

        JsonNode written = WRITER.write(made, "");
        Rollout again = read(written).rollout();

        assertThat(written.path("trajectory_format").textValue()).isEqualTo("mini-swe-agent-1.1");
        assertThat(again.getSteps()).hasSameSizeAs(made.getSteps());
        for (int i = 0; i < made.getSteps().size(); i++) {
            Step expected = made.getSteps().get(i);
            Step step = again.getSteps().get(i);
            assertThat(step.getMessage()).isEqualTo(expected.getMessage());
            assertThat(step.getReasoning()).isEqualTo(expected.getReasoning());
            assertThat(step.getToolCalls()).isEqualTo(expected.getToolCalls());
            assertThat(shown(step)).containsExactlyInAnyOrder(shown(expected));
            assertThat(step.getInputTokens()).isEqualTo(expected.getInputTokens());
            assertThat(step.getCacheWriteTokens()).isEqualTo(expected.getCacheWriteTokens());
            assertThat(step.getCostUsd()).isEqualTo(expected.getCostUsd());
            assertThat(step.getCommands())
                    .extracting(CommandRun::getCommand, CommandRun::getOutput, CommandRun::getReturnCode)
                    .isEqualTo(expected.getCommands().stream()
                            .map(c -> tuple(c.getCommand(), c.getOutput(), c.getReturnCode()))
                            .toList());
        }
        assertThat(again.getSubmission()).isEqualTo(made.getSubmission());
        assertThat(again.getFinalOutput()).isEqualTo(made.getFinalOutput());
        assertThat(again.getExitStatus()).isEqualTo(made.getExitStatus());
        assertThat(again.getCostUsd()).isEqualTo(made.getCostUsd());
        assertThat(again.getModel()).isEqualTo(made.getModel());
        assertThat(again.getTaskPrompt()).isEqualTo(made.getTaskPrompt());
    }

    @Test
    void halvesOfSurrogatePairsSurviveTables() throws Exception {
        ObjectNode document = (ObjectNode) document("mini-1-text");
        String lone = "the output had \ud800 half a character, and \ud83d\ude00 a whole one";
        ((ObjectNode) document.path("messages").get(3)).put("content", lone);
        ((ObjectNode) document.path("info")).put("note", "\udfff");

        Rollout rollout = StoredRollout.parquet(read(document).rollout());

        assertThat(rollout.getSteps().get(0).getObservation())
                .isEqualTo("the output had \ufffd half a character, and \ud83d\ude00 a whole one");
        assertThat(WRITER.write(rollout, "")).isEqualTo(document);
    }

    /** What was shown of each command: a writer puts the results in the order of the calls. */
    private static String[] shown(Step step) {
        return step.getObservation() == null
                ? new String[0]
                : step.getObservation().split("\n\n");
    }

    private static Trajectory read(JsonNode document) throws BadTrajectoryException {
        return Documents.only(FORMAT.read(document, Documents.file("corpus/run/toy.traj.json")));
    }

    private static JsonNode document(String name) throws Exception {
        return Documents.resource(name + ".traj.json");
    }
}
