package dev.agon.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;
import dev.agon.model.Sampling;
import dev.agon.model.ScriptedModel;
import dev.agon.model.ToolCall;
import dev.agon.model.Usage;
import dev.agon.prompts.Prompt;
import dev.agon.sandbox.Command;
import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.SandboxException;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Step;
import dev.agon.schemas.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A rollout that was interrupted goes on from its steps: nothing is bought again, and the model sees what it saw. */
class ResumedAgentTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Usage EACH = new Usage(100, 40, 10, 0.25);
    private static final String SUBMIT = fenced("echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT");

    private final RecordingLog log = new RecordingLog();
    private final List<List<ChatMessage>> asked = new ArrayList<>();
    private Instant now = START;

    @Test
    void everyAnswerIsKeptBeforeItsCommandRunsAndEveryObservationBeforeItIsShown() throws Exception {
        List<Integer> keptWhenAsked = new ArrayList<>();
        ScriptedModel script = scripted(fenced("echo a"), SUBMIT);
        run(request -> {
            keptWhenAsked.add(log.puts.size());
            return script.reply(request);
        });
        assertThat(keptWhenAsked).containsExactly(0, 2);
        assertThat(log.puts).extracting(RecordedStep::getObserved).containsExactly(false, true, false, true);
        assertThat(log.puts.get(0).getStep().getCommands()).isEmpty();
        assertThat(log.puts.get(1).getStep().getObservation()).contains("a");
    }

    @Test
    void whereverItIsInterruptedItEndsAsIfItHadNotBeen() throws Exception {
        String[] answers = {fenced("echo a"), "no command", fenced("fail"), SUBMIT};
        AgentResult undisturbed = run(noting(scripted(answers)));
        List<RecordedStep> puts = List.copyOf(log.puts);
        List<ChatMessage> last = asked.get(asked.size() - 1);
        for (int kept = 0; kept <= puts.size(); kept++) {
            log.entries.clear();
            asked.clear();
            puts.subList(0, kept).forEach(put -> log.entries.put(put.getStep().getNumber(), put));
            AgentResult resumed = run(noting(scripted(answers)));
            int bought = answers.length - (kept + 1) / 2;
            assertThat(asked).as("calls after %d puts", kept).hasSize(bought);
            assertThat(resumed.steps()).isEqualTo(undisturbed.steps());
            assertThat(resumed.outcome()).isEqualTo(Outcome.SUBMITTED);
            assertThat(resumed.account().usage())
                    .isEqualTo(undisturbed.account().usage());
            assertThat(resumed.account().calls()).isEqualTo(answers.length);
            assertThat(resumed.account().boughtCalls()).isEqualTo(bought);
            assertThat(resumed.account().boughtUsd()).isEqualTo(bought * 0.25);
            assertThat(resumed.diverged()).isZero();
            if (bought > 0) {
                assertThat(asked.get(asked.size() - 1)).isEqualTo(last);
            }
        }
    }

    @Test
    void theModelIsShownWhatWasRecordedAndADifferentReturnCodeIsCounted() throws Exception {
        run(scripted(fenced("echo a"), SUBMIT));
        Step first = log.entries.get(1).getStep();
        first.setObservation("as it was then");
        first.getCommands().get(0).setReturnCode(7);
        log.entries.remove(2);
        AgentResult resumed = run(noting(scripted(fenced("echo a"), SUBMIT)));
        assertThat(asked.get(0).get(3).content()).isEqualTo("as it was then");
        assertThat(resumed.diverged()).isEqualTo(1);
        assertThat(resumed.steps().get(0)).isEqualTo(first);
    }

    @Test
    void timeBetweenTheAttemptsAndForRebuildingDoesNotCount() throws Exception {
        ChatModel slow = request -> {
            now = now.plusSeconds(4);
            return scripted(fenced("echo a"), fenced("echo b"), SUBMIT).reply(request);
        };
        run(slow);
        log.entries.remove(2);
        log.entries.remove(3);
        now = now.plus(Duration.ofHours(9));
        AgentResult resumed = run(slow);
        assertThat(resumed.startedAt()).isEqualTo(START);
        // One recorded answer and its command of 5 ms, two answers of now.
        assertThat(resumed.duration()).isEqualTo(Duration.ofMillis(3 * 4000 + 5));
    }

    @Test
    void aStoppedRunStillShowsTheStepsThatAreThere() throws Exception {
        run(scripted(fenced("echo a"), SUBMIT));
        log.entries.remove(2);
        AgentResult stopped = agent(scripted(), shipped()).run(task(), null, 7, new FakeSandbox(), () -> true, log);
        assertThat(stopped.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(stopped.steps()).hasSize(1);
        assertThat(stopped.account().boughtCalls()).isZero();
    }

    @Test
    void anAnswerThatIsRefusedIsPaidFor() throws Exception {
        AgentResult refused = run(request -> {
            throw new ModelException(Kind.REFUSED, "no", 1, "", EACH, null);
        });
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.account().calls()).isEqualTo(1);
        assertThat(refused.account().boughtUsd()).isEqualTo(0.25);
    }

    @Test
    void severalToolCallsOfOneTurnAreAnsweredOneByOne() throws Exception {
        List<ToolCall> two = List.of(bash("1", "echo a"), bash("2", "fail"));
        List<ToolCall> last = List.of(bash("3", "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"), bash("4", "echo never"));
        ChatModel model = request -> {
            asked.add(List.copyOf(request.messages()));
            assertThat(request.tools()).hasSize(1);
            return reply(asked.size() == 1 ? two : last);
        };
        AgentResult result = agent(model, tools()).run(task(), null, 7, new FakeSandbox(), () -> false, log);
        assertThat(asked.get(1).subList(2, 5)).satisfies(messages -> {
            assertThat(messages.get(0)).isEqualTo(ChatMessage.assistant("", two, Optional.of("[1]")));
            assertThat(messages.get(1).toolCallId()).contains("1");
            assertThat(messages.get(1).content())
                    .contains("<returncode>0</returncode>")
                    .contains("a");
            assertThat(messages.get(2).toolCallId()).contains("2");
            assertThat(messages.get(2).content()).contains("<returncode>2</returncode>");
        });
        Step first = result.steps().get(0);
        assertThat(first.getObservation())
                .isEqualTo(first.getCommands().get(0).getObservation() + "\n\n"
                        + first.getCommands().get(1).getObservation());
        assertThat(result.outcome()).isEqualTo(Outcome.SUBMITTED);
        assertThat(result.steps().get(1).getCommands()).hasSize(1);
        assertThat(result.steps().get(1).getCommands().get(0).getToolCallId()).isEqualTo("3");
    }

    /** The first command takes all the time: the second is not run, and both have a result if the rollout goes on one day. */
    @Test
    void timeThatIsOverInTheMiddleOfATurnEndsItAndALongerLimitGoesOnFromThere() throws Exception {
        List<ToolCall> two = List.of(bash("1", "echo a"), bash("2", "fail"));
        List<ToolCall> last = List.of(bash("3", "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"));
        ChatModel model = request -> {
            asked.add(List.copyOf(request.messages()));
            return reply(request.messages().size() == 2 ? two : last);
        };
        FakeSandbox slow = new FakeSandbox() {
            @Override
            public CommandResult run(Command command) throws SandboxException {
                now = now.plusSeconds(10);
                return super.run(command);
            }
        };
        AgentLimits limits = tools().limits();
        Agent agent = agent(model, tools());
        AgentResult ended =
                agent.within(limits.withWallTime(Duration.ofSeconds(10))).run(task(), null, 7, slow, () -> false, log);
        assertThat(ended.outcome()).isEqualTo(Outcome.TIME_LIMIT);
        assertThat(slow.commands).extracting(Command::script).containsExactly("echo a");
        assertThat(ended.steps()).hasSize(1);
        assertThat(ended.steps().get(0).getCommands()).hasSize(1);

        FakeSandbox fresh = new FakeSandbox();
        AgentResult resumed = agent.within(limits.withWallTime(Duration.ofSeconds(100)))
                .run(task(), null, 7, fresh, () -> false, log);
        assertThat(fresh.commands)
                .extracting(Command::script)
                .containsExactly("echo a", "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT");
        assertThat(resumed.outcome()).isEqualTo(Outcome.SUBMITTED);
        assertThat(resumed.diverged()).isZero();
        assertThat(asked.get(1).subList(3, 5))
                .extracting(message -> message.toolCallId().orElse(""))
                .containsExactly("1", "2");
        assertThat(asked.get(1).get(3).content()).contains("<returncode>0</returncode>");
        assertThat(asked.get(1).get(4).content())
                .isEqualTo("The command was not run: the time limit was reached before it.");
    }

    @Test
    void everyCallOfAMalformedTurnIsAnsweredSoThatTheEndpointTakesTheNextQuestion() throws Exception {
        ChatModel model = request -> {
            asked.add(List.copyOf(request.messages()));
            return switch (asked.size()) {
                case 1 -> reply(List.of(bash("1", "echo a"), new ToolCall("2", "bash", "{")));
                case 2 -> reply(List.of());
                default -> reply(List.of(bash("3", "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT")));
            };
        };
        FakeSandbox sandbox = new FakeSandbox();
        AgentResult result = agent(model, tools()).run(task(), null, 7, sandbox, () -> false, log);
        assertThat(asked.get(1).subList(3, 5))
                .extracting(message -> message.toolCallId().orElse(""))
                .containsExactly("1", "2");
        assertThat(asked.get(2).get(6))
                .isEqualTo(ChatMessage.user(result.steps().get(1).getObservation()));
        assertThat(sandbox.commands).extracting(Command::script).hasSize(1);
        assertThat(result.steps()).extracting(step -> step.getCommands().size()).containsExactly(0, 0, 1);
    }

    @Test
    void failuresLeaveTheStepsForTheNextAttempt() {
        ChatModel dying = request -> {
            if (request.messages().size() > 2) {
                throw new ModelException(Kind.UNAVAILABLE, "gone");
            }
            return scripted(fenced("echo a")).reply(request);
        };
        assertThatThrownBy(() -> run(dying)).isInstanceOf(ModelException.class);
        assertThat(log.entries).hasSize(1);
        assertThat(log.entries.get(1).getObserved()).isTrue();
    }

    private AgentResult run(ChatModel model) throws Exception {
        return agent(model, shipped()).run(task(), null, 7, new FakeSandbox(), () -> false, log);
    }

    private Agent agent(ChatModel model, AgentConfig config) {
        Sampling sampling = new Sampling(0.8, OptionalDouble.empty(), 1000, 0);
        InstantSource clock = () -> now;
        return new Agent(config, Prompt.shipped(Prompt.TASK), new AgentModel(model, "scripted", sampling), clock);
    }

    private ChatModel noting(ChatModel model) {
        return request -> {
            asked.add(List.copyOf(request.messages()));
            return model.reply(request);
        };
    }

    private static AgentConfig shipped() {
        return AgentFile.shipped().compile(new AgentOverrides(null, 0.0, null, null));
    }

    private static AgentConfig tools() {
        AgentConfig shipped = shipped();
        return new AgentConfig(
                shipped.system(),
                shipped.instance(),
                shipped.observation(),
                shipped.formatError(),
                new ToolCallProtocol(),
                shipped.limits(),
                shipped.environment());
    }

    private static ChatReply reply(List<ToolCall> calls) {
        return new ChatReply("", Optional.empty(), calls, Optional.of("[1]"), List.of(), EACH);
    }

    private static ToolCall bash(String id, String command) {
        return new ToolCall(id, "bash", "{\"command\": \"" + command + "\"}");
    }

    private static Task task() {
        return Task.newBuilder()
                .setTaskId("t")
                .setDataSet("d")
                .setSource("s")
                .setStatement("Mend it.")
                .setWorkdir("/work")
                .setFiles(List.of())
                .setContentHash("0")
                .build();
    }

    private static ScriptedModel scripted(String... answers) {
        return new ScriptedModel(List.of(answers), EACH);
    }

    private static String fenced(String command) {
        return "THOUGHT: because.\n\n```mswea_bash_command\n" + command + "\n```";
    }
}
