package dev.agon.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AtifFormatTest {

    static final String DOCUMENT = """
            {'schema_version': 'ATIF-v1.7', 'session_id': 's',
             'agent': {'name': 'some-agent', 'version': '1', 'model_name': 'maker/model'},
             'steps': [
              {'step_id': 1, 'source': 'system', 'message': 'You solve tasks.'},
              {'step_id': 2, 'timestamp': '2026-01-02T03:04:05Z', 'source': 'user', 'message': 'Please solve this issue: count the lines\\n\\nYou can execute bash commands and edit files.'},
              {'step_id': 3, 'timestamp': '2026-01-02T03:04:15+00:00', 'source': 'agent', 'message': 'Counting.', 'reasoning_content': 'wc does it',
               'tool_calls': [
                {'tool_call_id': 'a', 'function_name': 'bash', 'arguments': {'command': 'wc -l x'}},
                {'tool_call_id': 'b', 'function_name': 'edit', 'arguments': {'path': 'x', 'line': 1}}],
               'observation': {'results': [
                {'source_call_id': 'b', 'content': 'edited'},
                {'source_call_id': 'a', 'content': '<returncode>0</returncode>\\n<output>\\n3 x\\n</output>'}]},
               'metrics': {'prompt_tokens': 100, 'cached_tokens': 60, 'completion_tokens': 10, 'cost_usd': 0.25, 'extra': {'reasoning_tokens': 4}}},
              {'step_id': 4, 'source': 'user', 'message': 'Go on.'},
              {'step_id': 5, 'source': 'agent', 'message': 'There are three.', 'metrics': {'prompt_tokens': 120, 'completion_tokens': 5, 'cost_usd': 0.5}}]}
            """;

    @Test
    void aDocumentIsReadInAllItsParts() throws Exception {
        Trajectory trajectory = read(Documents.quoted(DOCUMENT), "jobs/lines__AbC1234/agent/trajectory.json");
        Rollout rollout = trajectory.rollout();

        assertThat(trajectory.taskId()).isEqualTo("lines");
        assertThat(trajectory.trial()).isEqualTo("lines__AbC1234");
        assertThat(trajectory.statement()).isEqualTo("count the lines");
        assertThat(trajectory.reward()).isEmpty();
        assertThat(rollout.getSystemPrompt()).isEqualTo("You solve tasks.");
        assertThat(rollout.getTaskPrompt()).startsWith("Please solve");
        assertThat(rollout.getSource()).isEqualTo("atif:jobs/lines__AbC1234/agent/trajectory.json");
        assertThat(rollout.getModel()).isEqualTo("maker/model");
        assertThat(rollout.getOutcome()).isEqualTo("submitted");
        assertThat(rollout.getFinalOutput()).isEqualTo("There are three.");
        assertThat(rollout.getStartedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(rollout.getDurationMs()).isEqualTo(10_000);
        assertThat(rollout.getInputTokens()).isEqualTo(220);
        assertThat(rollout.getCachedTokens()).isEqualTo(60);
        assertThat(rollout.getOutputTokens()).isEqualTo(15);
        assertThat(rollout.getReasoningTokens()).isEqualTo(4);
        assertThat(rollout.getCostUsd()).isEqualTo(0.75);
        assertThat(rollout.getModelCalls()).isEqualTo(2);

        Step step = rollout.getSteps().get(0);
        assertThat(step.getMessage()).isEqualTo("Counting.");
        assertThat(step.getReasoning()).isEqualTo("wc does it");
        assertThat(step.getToolCalls()).extracting("name").containsExactly("bash", "edit");
        assertThat(step.getObservation()).isEqualTo("edited\n\n<returncode>0</returncode>\n<output>\n3 x\n</output>");
        CommandRun run = step.getCommands().get(0);
        assertThat(run.getCommand()).isEqualTo("wc -l x");
        assertThat(run.getReturnCode()).isZero();
        assertThat(run.getOutput()).isEqualTo("3 x\n");
    }

    @Test
    void theDocumentsOwnTotalsWinOverSums() throws Exception {
        ObjectNode document = (ObjectNode) Documents.quoted(DOCUMENT);
        document.putObject("final_metrics").put("total_prompt_tokens", 1000).put("total_cost_usd", 2.5);
        Rollout rollout = read(document, "x.json").rollout();
        assertThat(rollout.getInputTokens()).isEqualTo(1000);
        assertThat(rollout.getCostUsd()).isEqualTo(2.5);
        assertThat(rollout.getOutputTokens()).isEqualTo(15);
    }

    @Test
    void outcomesAreTakenOutOfEveryExtra() throws Exception {
        ObjectNode document = (ObjectNode) Documents.quoted(DOCUMENT);
        document.put("reward", 0.5);
        document.putObject("extra").putObject("verifier").put("reward", 1).put("kept", "this");
        ((ObjectNode) document.at("/steps/2/metrics/extra")).put("reward", 1);
        document.putObject("final_metrics").putObject("extra").put("resolved", true);
        Trajectory trajectory = read(document, "x.json");

        assertThat(trajectory.reward()).hasValue(0.5);
        assertThat(trajectory.rollout().toString()).contains("kept").doesNotContain("reward", "resolved");
    }

    @Test
    void aMessageMayBeAListOfPartsAndAContentNull() throws Exception {
        ObjectNode document = (ObjectNode) Documents.quoted(DOCUMENT);
        ((ObjectNode) document.at("/steps/4"))
                .set(
                        "message",
                        Documents.quoted(
                                "[{'type': 'text', 'text': 'one'}, {'type': 'image', 'source': {'media_type': 'image/png', 'path': 'a.png'}}, {'type': 'text', 'text': 'two'}]"));
        ((ObjectNode) document.at("/steps/2/observation/results/0")).putNull("content");
        Rollout rollout = read(document, "x.json").rollout();
        assertThat(rollout.getSteps().get(1).getMessage()).isEqualTo("one\ntwo");
        assertThat(rollout.getSteps().get(0).getObservation()).startsWith("<returncode>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /steps                                  | []        | steps: is empty, expected at least one step
                    /steps                                  | "x"       | steps: is the text "x", expected a list
                    /steps                                  | null      | steps: is null, expected a list of steps
                    /agent                                  | null      | agent: is null, expected an object with the agent's name
                    /agent/name                             | 7         | agent.name: is the number 7, expected text
                    /steps/1/step_id                        | 7         | steps[1].step_id: is the number 7, expected 2
                    /steps/1/source                         | "tool"    | steps[1].source: is the text "tool", expected system, user or agent
                    /steps/1/message                        | null      | steps[1].message: is null, expected text, which may be empty
                    /steps/1/message                        | 3         | steps[1].message: is the number 3, expected text or a list of parts
                    /steps/1/timestamp                      | "late"    | steps[1].timestamp: is the text "late", expected a time such as 2026-01-31T12:00:00Z
                    /steps/2                                | []        | steps[2]: is a list of 0, expected an object
                    /steps/2/reasoning_content              | ["a"]     | steps[2].reasoning_content: is a list of 1, expected text
                    /steps/2/metrics/cost_usd               | "much"    | steps[2].metrics.cost_usd: is the text "much", expected an amount of USD from 0 to 10^9
                    /steps/2/metrics/prompt_tokens          | -1        | steps[2].metrics.prompt_tokens: is the number -1, expected a whole number from 0 to 10^12
                    /steps/2/tool_calls/0/arguments         | 3         | steps[2].tool_calls[0].arguments: is the number 3, expected an object
                    /steps/2/tool_calls/0/function_name     | null      | steps[2].tool_calls[0].function_name: is null, expected text
                    /steps/2/observation/results            | {}        | steps[2].observation.results: is an object, expected a list
                    /steps/2/observation/results/0/content  | 5         | steps[2].observation.results[0].content: is the number 5, expected text or a list of parts
                    /steps/2/observation/results/0/source_call_id | "z" | steps[2].observation.results[0].source_call_id: is the text "z", expected the id of one of the step's tool calls
                    """)
    void brokenFieldsAreNamed(String pointer, String value, String message) {
        JsonNode document = Documents.quoted(DOCUMENT);
        String parent = pointer.substring(0, pointer.lastIndexOf('/'));
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (document.at(parent) instanceof ObjectNode object) {
            object.set(name, Documents.json(value));
        } else {
            ((com.fasterxml.jackson.databind.node.ArrayNode) document.at(parent))
                    .set(Integer.parseInt(name), Documents.json(value));
        }
        assertThatThrownBy(() -> read(document, "x.json"))
                .isInstanceOf(BadTrajectoryException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "tasks/a/b.json, a, b",
        "one.json, one, one",
        "run/fix-it__x2Y4z6A/agent/trajectory.json, fix-it, fix-it__x2Y4z6A",
        "run/fix-it__x2Y4z6A/agent/other.trajectory.json, fix-it, fix-it__x2Y4z6A",
        "t/t__ABCDEFG_trajectory.json.gz, t, t__ABCDEFG"
    })
    void namesComeFromTheFilesPlace(String path, String task, String trial) {
        assertThat(TrialName.of(path)).isEqualTo(new TrialName(task, trial));
    }

    private static Trajectory read(JsonNode document, String path) throws BadTrajectoryException {
        return Documents.only(new AtifFormat().read(document, Documents.file(path)));
    }
}
