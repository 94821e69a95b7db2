package dev.agon.agent;

import dev.agon.agent.AgentPrompts.Progress;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.Sampling;
import dev.agon.model.Usage;
import dev.agon.prompts.Template;
import dev.agon.sandbox.Command;
import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Ids;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.Step;
import dev.agon.schemas.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The agent: asks the model, runs the one command of its answer in the sandbox, shows it what came of it, until it submits or
 * reaches a limit. The protocol, the limits and the templates are mini-swe-agent's.
 *
 * <p>In: a {@link RolloutPlan} and a sandbox that holds the task's files. Out: an {@link AgentResult}, whose {@link Outcome}
 * names every way to end. Fails with a {@link ModelException} when the model cannot be reached or is misconfigured, and with a
 * {@link SandboxException} when the sandbox is down; both are failures of infrastructure, and what was done until then has
 * gone to the {@link StepListener}.
 *
 * <p>The sample of step n is seeded by the plan's seed and n. Safe for use by many threads at once.
 */
public final class Agent {

    private final AgentConfig config;
    private final Template taskPrompt;
    private final ChatModel model;
    private final String modelName;
    private final Sampling sampling;
    private final InstantSource clock;

    /**
     * @param taskPrompt renders the task from {@code statement}, {@code workdir}, {@code visible_check} and {@code context}
     * @param modelName what templates call the model
     * @param sampling how to sample answers; its seed is replaced for each step
     */
    public Agent(
            AgentConfig config,
            Template taskPrompt,
            ChatModel model,
            String modelName,
            Sampling sampling,
            InstantSource clock) {
        this.config = config;
        this.taskPrompt = taskPrompt;
        this.model = model;
        this.modelName = modelName;
        this.sampling = sampling;
        this.clock = clock;
    }

    /**
     * Fills one slot.
     *
     * @param stopRequested asked before each model call; once true, the rollout ends as {@link Outcome#STOPPED}
     */
    public AgentResult run(RolloutPlan plan, Sandbox sandbox, BooleanSupplier stopRequested, StepListener listener)
            throws ModelException, SandboxException, InterruptedException {
        Attempt attempt = new Attempt(plan, sandbox, listener);
        while (attempt.outcome.isEmpty()) {
            attempt.outcome = attempt.limitReached();
            if (attempt.outcome.isEmpty() && stopRequested.getAsBoolean()) {
                attempt.outcome = Optional.of(Outcome.STOPPED);
            }
            if (attempt.outcome.isEmpty()) {
                attempt.step();
            }
        }
        return attempt.result();
    }

    /** One rollout as it grows. */
    private final class Attempt {

        private final RolloutPlan plan;
        private final Sandbox sandbox;
        private final StepListener listener;
        private final AgentPrompts prompts;
        private final String systemText;
        private final String taskText;
        private final Instant startedAt = clock.instant();
        private final List<ChatMessage> messages = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private Usage usage = Usage.NONE;
        private int formatErrorsInARow;
        private Optional<String> finalOutput = Optional.empty();
        private Optional<Outcome> outcome = Optional.empty();

        Attempt(RolloutPlan plan, Sandbox sandbox, StepListener listener) {
            this.plan = plan;
            this.sandbox = sandbox;
            this.listener = listener;
            Task task = plan.getTask();
            this.prompts = new AgentPrompts(config, describe(plan), task.getWorkdir(), modelName, Machine.current());
            this.systemText = prompts.system();
            this.taskText = prompts.instance();
            messages.add(ChatMessage.system(systemText));
            messages.add(ChatMessage.user(taskText));
        }

        Optional<Outcome> limitReached() {
            AgentLimits limits = config.limits();
            if (limits.steps() > 0 && steps.size() >= limits.steps()) {
                return Optional.of(Outcome.STEP_LIMIT);
            }
            if (limits.costUsd() > 0 && usage.costUsd() >= limits.costUsd()) {
                return Optional.of(Outcome.COST_LIMIT);
            }
            if (!limits.wallTime().isZero() && elapsed().compareTo(limits.wallTime()) >= 0) {
                return Optional.of(Outcome.TIME_LIMIT);
            }
            return Optional.empty();
        }

        void step() throws ModelException, SandboxException, InterruptedException {
            long asked = clock.millis();
            Optional<ChatReply> answer = ask();
            if (answer.isEmpty()) {
                return;
            }
            ChatReply reply = answer.get();
            long modelMs = clock.millis() - asked;
            usage = usage.plus(reply.usage());
            messages.add(ChatMessage.assistant(reply.content()));
            int number = steps.size() + 1;
            List<CommandRun> runs = new ArrayList<>();
            List<String> commands = TextProtocol.commands(config.action(), reply.content());
            Optional<String> observation =
                    commands.size() == 1 ? execute(commands.get(0), number, runs) : reject(commands, number);
            observation.ifPresent(text -> messages.add(ChatMessage.user(text)));
            Step step = Step.newBuilder()
                    .setNumber(number)
                    .setMessage(reply.content())
                    .setReasoning(reply.reasoning().orElse(null))
                    .setCommands(runs)
                    .setObservation(observation.orElse(null))
                    .setInputTokens(reply.usage().inputTokens())
                    .setCachedTokens(reply.usage().cachedTokens())
                    .setOutputTokens(reply.usage().outputTokens())
                    .setCostUsd(reply.usage().costUsd())
                    .setModelMs(modelMs)
                    .build();
            steps.add(step);
            listener.stepped(step);
        }

        private Optional<ChatReply> ask() throws ModelException, InterruptedException {
            Sampling seeded = sampling.withSeed(Ids.seed(plan.getSeed(), "step", steps.size() + 1));
            try {
                return Optional.of(model.reply(new ChatRequest(ChatRequest.Role.AGENT, List.copyOf(messages), seeded)));
            } catch (ModelException e) {
                outcome = Optional.of(
                        switch (e.kind()) {
                            case CONTEXT_LENGTH -> Outcome.CONTEXT_LENGTH;
                            case REFUSED -> Outcome.REFUSED;
                            case STOPPED -> Outcome.STOPPED;
                            case UNAVAILABLE, MISCONFIGURED -> throw e;
                        });
                return Optional.empty();
            }
        }

        /** Runs the command; the observation is empty when it submitted. */
        private Optional<String> execute(String script, int number, List<CommandRun> runs)
                throws SandboxException, InterruptedException {
            formatErrorsInARow = 0;
            CommandResult result =
                    sandbox.run(new Command(script, config.limits().command()));
            runs.add(CommandRun.newBuilder()
                    .setCommand(script)
                    .setOutput(result.output())
                    .setReturnCode(
                            result.returnCode().isPresent()
                                    ? result.returnCode().getAsInt()
                                    : null)
                    .setEnded(result.ended().id())
                    .setDurationMs(result.durationMs())
                    .build());
            finalOutput = TextProtocol.submission(result);
            if (finalOutput.isPresent()) {
                outcome = Optional.of(Outcome.SUBMITTED);
                return Optional.empty();
            }
            return Optional.of(prompts.observation(result, progress(number)));
        }

        /** Complains about an answer that does not hold exactly one command; says nothing more when it was the last straw. */
        private Optional<String> reject(List<String> commands, int number) {
            formatErrorsInARow++;
            int most = config.limits().consecutiveFormatErrors();
            if (most > 0 && formatErrorsInARow >= most) {
                outcome = Optional.of(Outcome.FORMAT_ERRORS);
                return Optional.empty();
            }
            return Optional.of(prompts.formatError(commands, progress(number)));
        }

        private Progress progress(int modelCalls) {
            return new Progress(modelCalls, usage.costUsd(), elapsed());
        }

        private Duration elapsed() {
            return Duration.between(startedAt, clock.instant());
        }

        AgentResult result() {
            return new AgentResult(
                    outcome.orElseThrow(),
                    finalOutput,
                    systemText,
                    taskText,
                    List.copyOf(steps),
                    usage,
                    startedAt,
                    elapsed());
        }
    }

    private String describe(RolloutPlan plan) {
        Map<String, Object> values = new HashMap<>();
        values.put("statement", plan.getTask().getStatement());
        values.put("workdir", plan.getTask().getWorkdir());
        values.put("visible_check", plan.getTask().getVisibleCheck());
        values.put("context", plan.getContext());
        return taskPrompt.render(values);
    }
}
