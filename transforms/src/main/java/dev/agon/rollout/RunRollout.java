package dev.agon.rollout;

import dev.agon.agent.Agent;
import dev.agon.agent.AgentConfig;
import dev.agon.agent.AgentLimits;
import dev.agon.agent.AgentModel;
import dev.agon.agent.AgentResult;
import dev.agon.agent.Outcome;
import dev.agon.concurrency.ConcurrentWork;
import dev.agon.concurrency.ElementFailedException;
import dev.agon.grading.Grader;
import dev.agon.grading.NoVerdictException;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.journal.Stop;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.runtime.InFlightLimit.Permit;
import dev.agon.runtime.RunAbortedException;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.Worker;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.Sandboxes;
import dev.agon.schemas.Failure;
import dev.agon.schemas.FinishedRollout;
import dev.agon.schemas.Grade;
import dev.agon.schemas.GradedPlan;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Ids;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.RolloutRow;
import dev.agon.schemas.Task;
import dev.agon.tables.WholeRollout;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills one slot and grades it, or finds both in the journal.
 *
 * <p>The agent gets the plan; the ground truth is handed to the grader alone, after the agent has stopped. The grade is journaled
 * before the rollout, so that a rollout which is found there was graded, unless grading itself failed; then it is graded again. A
 * model or sandbox that is down is the slot's failure; its steps stay in the journal, and the next run goes on from them.
 */
final class RunRollout implements ConcurrentWork<GradedPlan, FinishedRollout> {

    private static final long serialVersionUID = 1L;

    private final RolloutConfig config;
    private final RunScope scope;
    private transient Worker worker;
    private transient WorkerSandboxes sandboxes;
    private transient AgentConfig agentConfig;
    private transient Map<ModelConfig, Agent> agents;
    private transient Grader grader;
    private transient RolloutJournal journal;

    RunRollout(RolloutConfig config, RunScope scope) {
        this.config = config;
        this.scope = scope;
    }

    @Override
    public void open() throws Exception {
        worker = scope.join();
        sandboxes = WorkerSandboxes.of(config.sandbox());
        agentConfig = config.agent().compile(config.limits());
        Template taskPrompt = config.taskPrompt() == null
                ? Prompt.shipped(Prompt.TASK)
                : Template.compile("roles.agent.prompt", config.taskPrompt());
        agents = new HashMap<>();
        for (ModelConfig model : config.models()) {
            AgentModel acting = new AgentModel(worker.connect(model), model.name(), model.sampling(0));
            agents.put(model, new Agent(agentConfig, taskPrompt, acting, InstantSource.system()));
        }
        grader = new Grader(sandboxes.forGrading(worker.control()), InstantSource.system());
        journal = new RolloutJournal(scope.journal(), scope.controlStore().run(), config, agentConfig, taskPrompt);
    }

    @Override
    public FinishedRollout apply(GradedPlan graded) throws ElementFailedException, InterruptedException {
        RolloutPlan plan = graded.getPlan();
        GroundTruth truth = withTimeout(graded.getTruth());
        Optional<RecordedRollout> recorded = journal.find(plan);
        boolean found = recorded.filter(rollout -> journal.wouldEndSo(rollout, limits(plan.getTask())))
                .filter(rollout -> !Grader.needsRolloutSandbox(truth)
                        || journal.findGrade(plan, truth, rollout.getRollout()).isPresent())
                .isPresent();
        return found ? again(recorded.get(), plan, truth) : run(plan, truth, recorded);
    }

    @Override
    public String idOf(GradedPlan graded) {
        return graded.getPlan().getRolloutId();
    }

    @Override
    public void count(FinishedRollout done, Progress progress) {
        boolean found = done.getRow().getJournalKey() != null
                && done.getRow().getRollout().getModelCallsPaid() == 0;
        progress.add(Counter.ROLLOUTS, 1);
        progress.add(Counter.ROLLOUTS_FROM_JOURNAL, found ? 1 : 0);
        progress.add(Counter.FAILURES, done.getFailures().size());
    }

    private FinishedRollout run(RolloutPlan plan, GroundTruth truth, Optional<RecordedRollout> ended)
            throws ElementFailedException, InterruptedException {
        Task task = plan.getTask();
        ModelConfig model = config.modelOf(plan.getSeed());
        JournaledSteps steps = journal.steps(plan, ended, worker.progress());
        try (Permit acting = config.agentsInFlight().acquire();
                Sandbox sandbox = sandboxes.forAgent(
                        new Sandboxes.Spec(task.getWorkdir(), task.getFiles(), environment(task), truth.getFolders()),
                        worker.control())) {
            AgentResult result =
                    agents.get(model).within(limits(task)).run(plan, sandbox, worker.control()::stopRequested, steps);
            if (result.outcome() == Outcome.STOPPED && result.steps().isEmpty()) {
                throw notStarted(plan);
            }
            RecordedRollout rollout = RolloutRecord.of(plan, result, sandbox, model.id(), limits(task));
            if (result.outcome() == Outcome.STOPPED) {
                return stopped(rollout.getRollout(), plan);
            }
            acting.close(); // the next agent begins while this one is graded
            if (!Grader.needsRolloutSandbox(truth)) {
                sandbox.close();
            }
            Grading grading = grade(rollout, plan, truth, Optional.of(sandbox));
            steps.keepThoseBeyond(result.steps().size());
            journal.put(plan, truth, rollout, grading.grade());
            steps.finished();
            return finished(rollout.getRollout(), plan, grading);
        } catch (ModelException e) {
            Failure.Builder failure = steps.into(
                            failure("rollout", "model", plan, "the model did not answer: " + e.getMessage()))
                    .setAttempts(e.tries())
                    .setDetail(e.detail().isEmpty() ? null : e.detail());
            throw new ElementFailedException(failure.build(), e);
        } catch (RunAbortedException e) {
            Failure.Builder failure = failure("rollout", "stopped", plan, aborted());
            throw new ElementFailedException(steps.into(failure).build(), e);
        } catch (SandboxException e) {
            Failure.Builder failure = failure("rollout", "sandbox", plan, "the sandbox failed: " + e.getMessage());
            throw new ElementFailedException(steps.into(failure).build(), e);
        }
    }

    /** A rollout in progress is a row, so that what it cost is seen, and no candidate; its steps stay in the journal. */
    private static FinishedRollout stopped(Rollout rollout, RolloutPlan plan) {
        return FinishedRollout.newBuilder()
                .setRow(new RolloutRow(rollout, null))
                .setStatement(plan.getTask().getStatement())
                .build();
    }

    private String aborted() {
        return "the rollout was ended in the middle of a command: "
                + worker.control().stop().map(Stop::message).orElse("the run was cancelled");
    }

    private ElementFailedException notStarted(RolloutPlan plan) {
        String why = worker.control().stop().map(Stop::message).orElse("nothing may be bought");
        return new ElementFailedException(
                failure("rollout", "stopped", plan, "the rollout was not started: " + why)
                        .build(),
                null);
    }

    private FinishedRollout again(RecordedRollout recorded, RolloutPlan plan, GroundTruth truth)
            throws InterruptedException {
        Rollout rollout = Rollout.newBuilder(recorded.getRollout())
                .setModelCallsPaid(0)
                .setCostUsdPaid(0)
                .build();
        Optional<Grade> known = journal.findGrade(plan, truth, rollout);
        if (known.isPresent()) {
            return finished(rollout, plan, new Grading(known, List.of()));
        }
        Grading grading = grade(recorded, plan, truth, Optional.empty());
        grading.grade().ifPresent(grade -> journal.putGrade(plan, truth, rollout, grade));
        return finished(rollout, plan, grading);
    }

    /** The grade, or why there is none. */
    private record Grading(Optional<Grade> grade, List<Failure> failures) {}

    private Grading grade(RecordedRollout recorded, RolloutPlan plan, GroundTruth truth, Optional<Sandbox> own)
            throws InterruptedException {
        try {
            Grade grade = grader.grade(plan, truth, recorded.getChanges(), own);
            return new Grading(Optional.of(grade), List.of());
        } catch (SandboxException e) {
            return ungraded("sandbox", plan, "its sandbox failed: " + e.getMessage(), null);
        } catch (NoVerdictException e) {
            return ungraded("grader", plan, "its hidden check came to no verdict: " + e.getMessage(), e.output());
        }
    }

    private static Grading ungraded(String kind, RolloutPlan plan, String why, String detail) {
        String message = "the rollout could not be graded, " + why + "; started again, the run grades it";
        return new Grading(
                Optional.empty(),
                List.of(failure("grade", kind, plan, message).setDetail(detail).build()));
    }

    /** A task's own limit of time holds where the run sets none. */
    private AgentLimits limits(Task task) {
        AgentLimits limits = agentConfig.limits();
        boolean own = task.getWallTimeS() != null && config.limits().wallTimeLimitS() == null;
        return own ? limits.withWallTime(Duration.ofSeconds(task.getWallTimeS())) : limits;
    }

    private Map<String, String> environment(Task task) {
        Map<String, String> environment = new HashMap<>();
        task.getEnvironment().forEach(variable -> environment.put(variable.getName(), variable.getValue()));
        environment.putAll(agentConfig.environment());
        return environment;
    }

    private GroundTruth withTimeout(GroundTruth truth) {
        return config.gradingTimeoutS() == null
                ? truth
                : GroundTruth.newBuilder(truth)
                        .setTimeoutS(config.gradingTimeoutS())
                        .build();
    }

    private FinishedRollout finished(Rollout rollout, RolloutPlan plan, Grading grading) {
        String submission = rollout.getSubmission();
        return new FinishedRollout(
                WholeRollout.withoutLongParts(rollout, journal.key(plan).blobName()),
                submission.isEmpty() ? null : Ids.sha256(submission),
                plan.getTask().getStatement(),
                grading.grade().orElse(null),
                grading.failures());
    }

    private static Failure.Builder failure(String step, String kind, RolloutPlan plan, String message) {
        return Failure.newBuilder()
                .setStep(step)
                .setElementId(plan.getRolloutId())
                .setTaskId(plan.getTask().getTaskId())
                .setKind(kind)
                .setMessage(message);
    }

    @Override
    public void close() {
        if (sandboxes != null) { // opening failed where it is null
            sandboxes.close();
        }
        if (worker != null) {
            worker.close();
        }
    }
}
