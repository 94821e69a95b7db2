package dev.agon.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;
import dev.agon.model.Sampling;
import dev.agon.model.ScriptedModel;
import dev.agon.model.ToolCall;
import dev.agon.model.Usage;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.sandbox.SandboxException;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Step;
import dev.agon.schemas.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgentTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Usage EACH = new Usage(100, 40, 10, 0.25);
    private static final String SUBMIT = fenced("echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT");

    private final FakeSandbox sandbox = new FakeSandbox();
    private final RecordingLog log = new RecordingLog();
    private final List<Step> told = log.observed;

    @Test
    void runsOneCommandAStepUntilItSubmits() throws Exception {
        AgentResult result =
                run(scripted(fenced("fail"), fenced("echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT\nthe patch\nits end")));

        assertThat(result.outcome()).isEqualTo(Outcome.SUBMITTED);
        assertThat(result.finalOutput()).contains("the patch\nits end\n");
        assertThat(result.account().usage()).isEqualTo(new Usage(200, 80, 20, 0.5));
        assertThat(result.startedAt()).isEqualTo(START);
        assertThat(result.steps()).isEqualTo(told).hasSize(2);
        assertThat(result.steps().get(0))
                .isEqualTo(Step.newBuilder()
                        .setNumber(1)
                        .setMessage(fenced("fail"))
                        .setCommands(List.of(CommandRun.newBuilder()
                                .setCommand("fail")
                                .setOutput("no such thing\n")
                                .setReturnCode(2)
                                .setEnded("exited")
                                .setDurationMs(5)
                                .build()))
                        .setObservation("<returncode>2</returncode>\n<output>\nno such thing\n\n</output>")
                        .setInputTokens(100)
                        .setCachedTokens(40)
                        .setOutputTokens(10)
                        .setCostUsd(0.25)
                        .setModelMs(0)
                        .build());
        assertThat(result.steps().get(1).getObservation()).isNull();
        assertThat(sandbox.commands)
                .allSatisfy(command -> assertThat(command.timeout()).isEqualTo(Duration.ofSeconds(30)));
    }

    @Test
    void holdsTheGoldenConversationOfTheShippedConfiguration() throws Exception {
        List<ChatRequest> asked = new ArrayList<>();
        ScriptedModel script =
                scripted(fenced("echo hello"), "no command here", fenced("hang"), fenced("echo bye"), SUBMIT);
        run(request -> {
            asked.add(asItStands(request));
            return script.reply(request);
        });
        String conversation = asked.get(4).messages().stream()
                .map(message -> "##### " + message.speaker() + "\n" + message.content() + "\n")
                .collect(Collectors.joining());
        assertThat(conversation).isEqualTo(resource("golden-conversation.txt"));
    }

    @Test
    void growsTheConversationOnlyAtItsEndAndSeedsEverySample() throws Exception {
        List<ChatRequest> asked = new ArrayList<>();
        ScriptedModel script = scripted(fenced("echo a"), fenced("echo b"), SUBMIT);
        run(request -> {
            asked.add(asItStands(request));
            return script.reply(request);
        });
        for (int i = 1; i < asked.size(); i++) {
            List<ChatMessage> before = asked.get(i - 1).messages();
            assertThat(asked.get(i).messages().subList(0, before.size())).isEqualTo(before);
            assertThat(asked.get(i).messages()).hasSize(before.size() + 2);
        }
        assertThat(asked)
                .extracting(request -> request.sampling().seed())
                .containsExactly(Ids.seed(7, "step", 1), Ids.seed(7, "step", 2), Ids.seed(7, "step", 3));
        assertThat(asked).extracting(ChatRequest::role).containsOnly(ChatRequest.Role.AGENT);
        assertThat(asked)
                .extracting(request -> request.sampling().temperature())
                .containsOnly(0.8);
    }

    @Test
    void saysWhenACommandWasCutShort() throws Exception {
        AgentResult result = run(scripted(fenced("hang"), fenced("flood"), fenced("bomb"), SUBMIT));
        assertThat(result.steps())
                .extracting(Step::getObservation)
                .containsExactly(
                        "<returncode>-1</returncode>\n<exception>The command was ended: it had not finished after 30.0 seconds,"
                                + " its time limit.</exception>\n<output>\nso far\n\n</output>",
                        "<returncode>-1</returncode>\n<exception>The command was ended: it printed more than is captured. What"
                                + " it printed first is shown.</exception>\n<output>\n" + "y\n".repeat(8)
                                + "\n</output>",
                        "<returncode>-1</returncode>\n<exception>The command was ended by the sandbox: it used more memory than it may.</exception>\n<output>\n\n</output>",
                        null);
        assertThat(result.steps().subList(0, 3))
                .extracting(step -> step.getCommands().get(0).getReturnCode())
                .containsOnlyNulls();
        assertThat(result.steps().subList(0, 3))
                .extracting(step -> step.getCommands().get(0).getEnded())
                .containsExactly("timed_out", "output_limit", "killed");
    }

    @Test
    void saysSoEvenWhenTheTemplateDoesNot() throws Exception {
        AgentConfig config = new AgentFile("old.yaml", resource("old.yaml")).compile(AgentOverrides.NONE);
        AgentResult result = run(
                scripted("```bash\nhang\n```", "```bash\necho MINI_SWE_AGENT_FINAL_OUTPUT\n```"), config, () -> false);
        assertThat(result.steps().get(0).getObservation())
                .isEqualTo(
                        "The command was ended: it had not finished after 60.0 seconds, its time limit.\nObserved: so far");
        assertThat(result.outcome()).isEqualTo(Outcome.SUBMITTED);
        assertThat(result.finalOutput()).contains("");
    }

    @Test
    void cutsTheMiddleOfLongOutput() throws Exception {
        AgentResult result = run(scripted(fenced("echo " + "a".repeat(6000) + "b".repeat(6000)), SUBMIT));
        assertThat(result.steps().get(0).getObservation())
                .isEqualTo("<returncode>0</returncode>\n<output>\n" + "a".repeat(5000)
                        + "\n[... 2001 characters left out: narrow the command down, or write to a file and read parts of it ...]\n"
                        + "b".repeat(4999) + "\n\n</output>");
    }

    @Test
    void refusesAnswersWithNoneOrSeveralCommands() throws Exception {
        AgentResult result = run(scripted("nothing", fenced("echo a") + "\n" + fenced("echo b"), SUBMIT));
        assertThat(result.outcome()).isEqualTo(Outcome.SUBMITTED);
        assertThat(result.steps()).extracting(step -> step.getCommands().size()).containsExactly(0, 0, 1);
        assertThat(result.steps().get(0).getObservation()).contains("it held 0. Nothing was run.");
        assertThat(result.steps().get(1).getObservation()).contains("it held 2. Nothing was run.");
    }

    @Test
    void templatesAreToldWhyTheModelStoppedAndWhetherItCalledTools() throws Exception {
        AgentConfig shipped = AgentFile.shipped().compile(AgentOverrides.NONE);
        AgentConfig config = new AgentConfig(
                shipped.system(),
                shipped.instance(),
                shipped.observation(),
                Template.compile(
                        "f",
                        "{% if finish_reason is defined and (finish_reason == \"length\" or (finish_reason == \"tool_calls\""
                                + " and not has_tool_calls)) -%}\nCut (finish_reason={{ finish_reason }}).\n{%- else -%}\n"
                                + "Tool call error: {{ finish_reason }}.\n{%- endif %} {{ has_tool_calls }}"),
                new ToolCallProtocol(),
                shipped.limits(),
                shipped.environment());
        List<ChatReply> replies = new ArrayList<>(List.of(
                stopped("length", List.of()),
                stopped("tool_calls", List.of()),
                stopped(
                        "length",
                        List.of(
                                new ToolCall("a", "bash", "{\"command\": \"echo a\"}"),
                                new ToolCall("b", "bash", "{\"command\": \"echo b\"}"),
                                new ToolCall("c", "bash", "{\"command\": \"echo"))),
                stopped("tool_calls", List.of(new ToolCall("1", "python", "{}"))),
                stopped(
                        "tool_calls",
                        List.of(new ToolCall("2", "bash", "{\"command\": \"echo MINI_SWE_AGENT_FINAL_OUTPUT\"}")))));
        AgentResult result = run(request -> replies.remove(0), config, () -> false);
        assertThat(result.steps())
                .extracting(Step::getObservation)
                .as("mini-swe-agent's own conditions")
                .contains(
                        "Cut (finish_reason=length). False",
                        "Cut (finish_reason=tool_calls). False",
                        "Tool call error: tool_calls. True",
                        null);
        assertThat(result.steps())
                .extracting(Step::getFinishReason)
                .containsExactly("length", "tool_calls", "length", "tool_calls", "tool_calls");
        assertThat(result.steps().get(2).getCommands())
                .as("a call that was cut does not reject those before it")
                .extracting(CommandRun::getCommand)
                .containsExactly("echo a", "echo b");
    }

    private static ChatReply stopped(String finishReason, List<ToolCall> calls) {
        return new ChatReply(
                "", Optional.empty(), calls, Optional.empty(), List.of(), Optional.of(finishReason), EACH, 0);
    }

    @Test
    void endsAfterTooManyFormatErrorsInARow() throws Exception {
        AgentResult result = run(scripted("one", "two", fenced("echo ok"), "one", "two", "three", SUBMIT));
        assertThat(result.outcome()).isEqualTo(Outcome.FORMAT_ERRORS);
        assertThat(result.steps()).hasSize(6);
        assertThat(result.steps().get(5).getObservation()).isNull();
        assertThat(result.finalOutput()).isEmpty();
    }

    @Test
    void doesNotSubmitWhenTheCommandFailedOrTheSentinelIsNotFirst() throws Exception {
        AgentResult result = run(scripted(
                fenced("fail to submit"), fenced("echo first\nCOMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"), SUBMIT));
        assertThat(result.outcome()).isEqualTo(Outcome.SUBMITTED);
        assertThat(result.steps()).hasSize(3);
    }

    @Test
    void takesTheSentinelAfterLeadingWhiteSpace() throws Exception {
        AgentResult result =
                run(scripted(fenced("echo \n\n  COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT  \r\nrest\n\nof it")));
        assertThat(result.finalOutput()).contains("rest\n\nof it\n");
    }

    @Test
    void endsAtTheStepLimit() throws Exception {
        AgentResult result = run(scripted(repeated(9)), config(2, 0, 0), () -> false);
        assertThat(result.outcome()).isEqualTo(Outcome.STEP_LIMIT);
        assertThat(result.steps()).hasSize(2);
        assertThat(result.steps().get(1).getObservation()).isNotNull();
    }

    @Test
    void endsAtTheCostLimit() throws Exception {
        AgentResult result = run(scripted(repeated(9)), config(0, 0.7, 0), () -> false);
        assertThat(result.outcome()).isEqualTo(Outcome.COST_LIMIT);
        assertThat(result.steps()).hasSize(3);
    }

    @Test
    void endsAtTheTimeLimit() throws Exception {
        SteppingClock clock = new SteppingClock();
        ScriptedModel script = scripted(repeated(9));
        ChatModel slow = request -> {
            clock.now = clock.now.plusSeconds(4);
            return script.reply(request);
        };
        AgentResult result = run(slow, config(0, 0, 10), () -> false, clock);
        assertThat(result.outcome()).isEqualTo(Outcome.TIME_LIMIT);
        assertThat(result.steps()).hasSize(3).extracting(Step::getModelMs).containsOnly(4000L);
        assertThat(result.duration()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void doesNotCountTheTimeInWhichTheModelWasWaitedFor() throws Exception {
        SteppingClock clock = new SteppingClock();
        ScriptedModel script = scripted(repeated(9));
        ChatModel afterAnOutage = request -> {
            clock.now = clock.now.plus(Duration.ofHours(1)).plusSeconds(4);
            return script.reply(request).withCosts(EACH, Duration.ofHours(1).toMillis());
        };
        AgentResult result = run(afterAnOutage, config(0, 0, 10), () -> false, clock);
        assertThat(result.outcome()).isEqualTo(Outcome.TIME_LIMIT);
        assertThat(result.steps()).hasSize(3).extracting(Step::getModelMs).containsOnly(4000L);
        assertThat(result.duration()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void stopsBeforeTheNextCallWhenAsked() throws Exception {
        AgentResult result = run(scripted(repeated(9)), config(0, 0, 0), () -> told.size() == 2);
        assertThat(result.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(result.steps()).hasSize(2);
    }

    @Test
    void isDoneRatherThanStoppedWhenALimitIsReached() throws Exception {
        AgentResult result = run(scripted(repeated(9)), config(2, 0, 0), () -> told.size() == 2);
        assertThat(result.outcome()).isEqualTo(Outcome.STEP_LIMIT);
    }

    @Test
    void namesWhatTheModelCannotAnswer() throws Exception {
        assertThat(run(failing(Kind.CONTEXT_LENGTH)).outcome()).isEqualTo(Outcome.CONTEXT_LENGTH);
        assertThat(run(failing(Kind.REFUSED)).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(told).hasSize(2).extracting(Step::getObservation).doesNotContainNull();
    }

    @Test
    void leavesFailuresOfInfrastructureToTheCaller() {
        assertThatThrownBy(() -> run(failing(Kind.UNAVAILABLE)))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThatThrownBy(() -> run(failing(Kind.MISCONFIGURED)))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED));
        assertThatThrownBy(() -> run(request -> {
                    throw new ModelException(Kind.CONTEXT_LENGTH, "too long from the start");
                }))
                .as("an agent that could not begin has not failed")
                .isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> run(scripted(fenced("echo a"), fenced("crash"))))
                .isInstanceOf(SandboxException.class)
                .hasMessage("the sandbox is down");
        assertThat(told).as("what was done before the failure").hasSize(3);
    }

    @Test
    void showsTextOfTheTaskAndOfCommandsAsItIs() throws Exception {
        Task hostile = task("Mend {{ task }} {% if x %}");
        List<ChatRequest> asked = new ArrayList<>();
        ScriptedModel script = scripted(fenced("echo {{ step_limit }}{# x #}"), SUBMIT);
        AgentResult result = agent(
                        request -> {
                            asked.add(asItStands(request));
                            return script.reply(request);
                        },
                        AgentFile.shipped().compile(AgentOverrides.NONE),
                        new SteppingClock())
                .run(hostile, "Earlier: {{ cost_limit }}", 7, sandbox, () -> false, StepLog.NONE);
        assertThat(result.taskPrompt())
                .contains("Mend {{ task }} {% if x %}\n\nThe files to work on are in /work.")
                .contains("<visible_check>\n./check\n</visible_check>\n\nEarlier: {{ cost_limit }}\n</task>");
        assertThat(result.steps().get(0).getObservation()).contains("{{ step_limit }}{# x #}");
    }

    @Test
    void outcomesHaveTheIdsOfTheTables() {
        assertThat(List.of(Outcome.values()))
                .extracting(Outcome::id)
                .containsExactly(
                        "submitted",
                        "step_limit",
                        "cost_limit",
                        "time_limit",
                        "format_errors",
                        "context_length",
                        "refused",
                        "sandbox_abused",
                        "stopped");
        assertThat(Outcome.STEP_LIMIT.exitStatus()).isEqualTo("LimitsExceeded");
    }

    private AgentResult run(ChatModel model) throws Exception {
        return run(model, AgentFile.shipped().compile(AgentOverrides.NONE), () -> false);
    }

    private AgentResult run(ChatModel model, AgentConfig config, java.util.function.BooleanSupplier stop)
            throws Exception {
        return run(model, config, stop, new SteppingClock());
    }

    private AgentResult run(
            ChatModel model, AgentConfig config, java.util.function.BooleanSupplier stop, InstantSource clock)
            throws Exception {
        log.entries.clear();
        return agent(model, config, clock).run(task("Mend it."), null, 7, sandbox, stop, log);
    }

    private static Agent agent(ChatModel model, AgentConfig config, InstantSource clock) {
        return new Agent(
                config,
                Prompt.shipped(Prompt.TASK),
                new AgentModel(model, "scripted", new Sampling(0.8, OptionalDouble.empty(), 1000, 0)),
                clock);
    }

    private static AgentConfig config(int steps, double usd, double seconds) {
        return AgentFile.shipped().compile(new AgentOverrides(steps, usd, 1.0, seconds));
    }

    private static Task task(String statement) {
        return Task.newBuilder()
                .setTaskId("t")
                .setDataSet("d")
                .setSource("s")
                .setStatement(statement)
                .setWorkdir("/work")
                .setFiles(List.of())
                .setVisibleCheck("./check")
                .setContentHash("0")
                .build();
    }

    /** The request with the messages of now: they grow as the rollout goes on. */
    private static ChatRequest asItStands(ChatRequest request) {
        return new ChatRequest(request.role(), List.copyOf(request.messages()), request.tools(), request.sampling());
    }

    private static ScriptedModel scripted(String... answers) {
        return new ScriptedModel(List.of(answers), EACH);
    }

    private static String[] repeated(int times) {
        return IntStream.range(0, times).mapToObj(i -> fenced("echo " + i)).toArray(String[]::new);
    }

    private static ChatModel failing(Kind kind) {
        return request -> {
            if (request.messages().size() == 2) {
                return new ChatReply(fenced("echo a"), Optional.empty(), EACH);
            }
            throw new ModelException(kind, "no answer");
        };
    }

    private static String fenced(String command) {
        return "THOUGHT: because.\n\n```mswea_bash_command\n" + command + "\n```";
    }

    static String resource(String name) throws IOException {
        try (InputStream stream = AgentTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Stands still unless it is moved. */
    private static final class SteppingClock implements InstantSource {

        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }
    }
}
