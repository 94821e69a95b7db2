package dev.agon.agent;

import dev.agon.agent.AgentPrompts.Progress;
import dev.agon.model.Account;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.Usage;
import dev.agon.sandbox.Command;
import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxAbusedException;
import dev.agon.sandbox.SandboxException;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Ids;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * One attempt at one rollout as it grows. Steps that the log has from an interrupted attempt are taken over: their answers are not
 * bought again, their commands run only to rebuild the files, and the model is shown the observations that it was shown then.
 */
final class RolloutInProgress {

    private final AgentConfig config;
    private final AgentModel model;
    private final AgentPrompts prompts;
    private final long seed;
    private final Sandbox sandbox;
    private final BooleanSupplier stopRequested;
    private final StepLog log;
    private final InstantSource clock;
    private final Stopwatch stopwatch;
    private final String systemText;
    private final String taskText;
    private final Conversation conversation;
    private final List<Step> steps = new ArrayList<>();
    private Instant startedAt;
    private final Account account = new Account();
    private int diverged;
    private int formatErrorsInARow;
    private Optional<String> finalOutput = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();

    RolloutInProgress(
            AgentConfig config,
            AgentModel model,
            AgentPrompts prompts,
            long seed,
            Sandbox sandbox,
            BooleanSupplier stopRequested,
            StepLog log,
            InstantSource clock) {
        this.config = config;
        this.model = model;
        this.prompts = prompts;
        this.seed = seed;
        this.sandbox = sandbox;
        this.stopRequested = stopRequested;
        this.log = log;
        this.clock = clock;
        this.stopwatch = new Stopwatch(clock);
        this.startedAt = clock.instant();
        this.systemText = prompts.system();
        this.taskText = prompts.instance();
        this.conversation = new Conversation(systemText, taskText);
    }

    AgentResult run() throws ModelException, SandboxException, InterruptedException {
        while (outcome.isEmpty()) {
            outcome = limitReached();
            if (outcome.isEmpty()) {
                step(steps.size() + 1);
            }
        }
        return new AgentResult(
                outcome.get(),
                finalOutput,
                systemText,
                taskText,
                List.copyOf(steps),
                account,
                diverged,
                startedAt,
                stopwatch.elapsed());
    }

    private Optional<Outcome> limitReached() {
        AgentLimits limits = config.limits();
        if (limits.steps() > 0 && steps.size() >= limits.steps()) {
            return Optional.of(Outcome.STEP_LIMIT);
        }
        if (limits.costUsd() > 0 && account.usage().costUsd() >= limits.costUsd()) {
            return Optional.of(Outcome.COST_LIMIT);
        }
        return isOutOfTime() ? Optional.of(Outcome.TIME_LIMIT) : Optional.empty();
    }

    private boolean isOutOfTime() {
        Duration most = config.limits().wallTime();
        return !most.isZero() && stopwatch.elapsed().compareTo(most) >= 0;
    }

    private void step(int number) throws ModelException, SandboxException, InterruptedException {
        Optional<RecordedStep> recorded = log.find(number);
        recorded.ifPresent(step -> startedAt = step.getStartedAt());
        Optional<Step> answer = recorded.map(RecordedStep::getStep);
        if (answer.isEmpty()) {
            answer = ask(number);
            if (answer.isEmpty()) {
                return;
            }
            log.put(new RecordedStep(answer.get(), false, startedAt));
        } else {
            account.add(Usage.of(answer.get()), false);
        }
        boolean rebuild = recorded.isPresent() && recorded.get().getObserved();
        Step step = carryOut(answer.get(), rebuild);
        if (rebuild) {
            stopwatch.takeOver(step);
        } else {
            log.put(new RecordedStep(step, true, startedAt));
        }
        steps.add(step);
        conversation.add(step);
    }

    /** Buys the next answer; empty when the rollout ended instead. */
    private Optional<Step> ask(int number) throws ModelException, InterruptedException {
        if (stopRequested.getAsBoolean()) {
            outcome = Optional.of(Outcome.STOPPED);
            return Optional.empty();
        }
        long asked = clock.millis();
        try {
            ChatReply reply = model.model()
                    .reply(new ChatRequest(
                            ChatRequest.Role.AGENT,
                            conversation.messages(),
                            config.protocol().tools(),
                            model.sampling().withSeed(Ids.seed(seed, "step", number))));
            account.add(reply.usage(), true);
            stopwatch.exclude(Duration.ofMillis(reply.waitedMs()));
            // The model's clock and this one may differ by a little.
            return Optional.of(StepRecord.answered(
                    number,
                    reply,
                    !config.protocol().tools().isEmpty(),
                    Math.max(0, clock.millis() - asked - reply.waitedMs())));
        } catch (ModelException e) {
            if (e.kind() == ModelException.Kind.CONTEXT_LENGTH && number == 1) {
                throw e; // the agent has done nothing that it could be graded for
            }
            outcome = Optional.of(
                    switch (e.kind()) {
                        case CONTEXT_LENGTH -> Outcome.CONTEXT_LENGTH;
                        case REFUSED -> Outcome.REFUSED;
                        case STOPPED -> Outcome.STOPPED;
                        case UNAVAILABLE, MISCONFIGURED -> throw e;
                    });
            if (e.kind() == ModelException.Kind.REFUSED) {
                account.add(e.usage(), true);
            }
            return Optional.empty();
        }
    }

    /**
     * Runs the commands of an answer, or the first of them when the time is over before the others; what is recorded of an observed
     * one stays as it is.
     */
    private Step carryOut(Step answer, boolean rebuild) throws SandboxException, InterruptedException {
        List<String> commands;
        try {
            commands = config.protocol().commands(answer.getMessage(), answer.getToolCalls());
        } catch (FormatErrorException e) {
            if (!Conversation.isCutInLastCall(answer, e.commands().size())) {
                Optional<String> complaint = complain(e, answer);
                return rebuild
                        ? answer
                        : Step.newBuilder(answer)
                                .setObservation(complaint.orElse(null))
                                .build();
            }
            commands = e.commands();
        }
        formatErrorsInARow = 0;
        boolean several = answer.getToolCalls().size() > 1;
        List<CommandRun> runs = new ArrayList<>();
        String shown = null;
        int most = rebuild ? Math.min(commands.size(), answer.getCommands().size()) : commands.size();
        for (int i = 0; i < most && outcome.isEmpty(); i++) {
            if (!rebuild && i > 0 && isOutOfTime()) {
                outcome = Optional.of(Outcome.TIME_LIMIT);
                break;
            }
            CommandResult result = run(commands.get(i));
            CommandRun run = rebuild
                    ? compared(answer.getCommands().get(i), result)
                    : StepRecord.run(commands.get(i), i, answer, result);
            finalOutput = Submission.of(run);
            if (finalOutput.isPresent()) {
                outcome = Optional.of(Outcome.SUBMITTED);
            } else if (!rebuild) {
                shown = prompts.observation(result, progress(answer.getNumber()));
                run.setObservation(several ? shown : null);
            }
            runs.add(run);
        }
        return rebuild
                ? answer
                : Step.newBuilder(answer)
                        .setCommands(runs)
                        .setObservation(several ? Conversation.joined(runs) : shown)
                        .build();
    }

    /** What came of a command; one that uses up the sandbox is the agent's last. */
    private CommandResult run(String command) throws SandboxException, InterruptedException {
        try {
            return sandbox.run(new Command(command, config.limits().command()));
        } catch (SandboxAbusedException e) {
            outcome = Optional.of(Outcome.SANDBOX_ABUSED);
            return new CommandResult(e.getMessage(), OptionalInt.empty(), CommandResult.End.KILLED, 0);
        }
    }

    private CommandRun compared(CommandRun recorded, CommandResult now) {
        if (!Objects.equals(recorded.getReturnCode(), StepRecord.returnCode(now))) {
            diverged++;
        }
        return recorded;
    }

    /** Tells the model what is wrong with its answer; says nothing when that answer was the last that the limit allows. */
    private Optional<String> complain(FormatErrorException problem, Step answer) {
        formatErrorsInARow++;
        int most = config.limits().consecutiveFormatErrors();
        if (most > 0 && formatErrorsInARow >= most) {
            outcome = Optional.of(Outcome.FORMAT_ERRORS);
            return Optional.empty();
        }
        return Optional.of(prompts.formatError(problem, answer, progress(answer.getNumber())));
    }

    private Progress progress(int modelCalls) {
        return new Progress(modelCalls, account.usage().costUsd(), stopwatch.elapsed());
    }
}
