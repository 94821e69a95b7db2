package dev.agon.rollout;

import dev.agon.agent.Agent;
import dev.agon.agent.AgentConfig;
import dev.agon.beam.ConcurrentWork;
import dev.agon.beam.ElementFailedException;
import dev.agon.beam.RunScope;
import dev.agon.grading.Grader;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.model.ModelException;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.Sandboxes;
import dev.agon.schemas.Failure;
import dev.agon.schemas.FinishedRollout;
import dev.agon.schemas.Grade;
import dev.agon.schemas.GradedPlan;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.Step;
import dev.agon.schemas.Task;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills one slot and grades it, or finds both in the journal.
 *
 * <p>The agent gets the plan; the ground truth is handed to the grader alone, after the agent has stopped. The grade is journaled
 * before the rollout, so that a rollout which is found there was graded, unless grading itself failed; then it is graded again. A
 * model or sandbox that is down is the slot's failure and leaves nothing in the journal.
 */
final class RunRollout implements ConcurrentWork<GradedPlan, FinishedRollout> {

    private static final long serialVersionUID = 1L;

    private final RolloutConfig config;
    private final RunScope scope;
    private transient WorkerSandboxes sandboxes;
    private transient AgentConfig agentConfig;
    private transient Agent agent;
    private transient Grader grader;
    private transient RolloutJournal journal;

    RunRollout(RolloutConfig config, RunScope scope) {
        this.config = config;
        this.scope = scope;
    }

    @Override
    public void open() throws Exception {
        sandboxes = WorkerSandboxes.of(config.sandbox());
        agentConfig = config.agent().compile(config.limits());
        Template taskPrompt = config.taskPrompt() == null
                ? Prompt.shipped(Prompt.TASK)
                : Template.compile("roles.agent.prompt", config.taskPrompt());
        agent = new Agent(
                agentConfig,
                taskPrompt,
                scope.connect(config.model()),
                config.model().name(),
                config.model().sampling(0),
                InstantSource.system());
        grader = new Grader(sandboxes.get(), InstantSource.system());
        journal = new RolloutJournal(scope.journal(), config.model(), agentConfig, taskPrompt);
    }

    @Override
    public FinishedRollout apply(GradedPlan graded) throws ElementFailedException, InterruptedException {
        RolloutPlan plan = graded.getPlan();
        GroundTruth truth = withTimeout(graded.getTruth());
        Progress progress = scope.progress();
        Optional<RecordedRollout> recorded = journal.find(plan);
        FinishedRollout finished;
        try {
            finished = recorded.isPresent() ? again(recorded.get(), plan, truth) : run(plan, truth);
        } catch (ElementFailedException e) {
            progress.add(Counter.FAILURES, 1);
            throw e;
        }
        progress.add(Counter.ROLLOUTS, 1);
        progress.add(Counter.ROLLOUTS_FROM_JOURNAL, recorded.isPresent() ? 1 : 0);
        progress.add(Counter.FAILURES, finished.getFailures().size());
        return finished;
    }

    private FinishedRollout run(RolloutPlan plan, GroundTruth truth)
            throws ElementFailedException, InterruptedException {
        Task task = plan.getTask();
        List<Step> steps = new ArrayList<>();
        try (Sandbox sandbox = sandboxes
                .get()
                .open(new Sandboxes.Spec(task.getWorkdir(), task.getFiles(), Map.copyOf(agentConfig.environment())))) {
            RecordedRollout rollout = RolloutRecord.of(
                    plan,
                    agent.run(
                            plan, sandbox, () -> false, step -> scope.progress().add(Counter.STEPS, 1)),
                    sandbox,
                    config.model().id(),
                    agentConfig.limits());
            Grading grading = grade(rollout, plan, truth, Optional.of(sandbox));
            journal.put(plan, truth, rollout, grading.grade());
            return finished(rollout.getRollout(), plan, grading);
        } catch (ModelException e) {
            throw lost(plan, "model", "the model did not answer: " + e.getMessage(), steps, e);
        } catch (SandboxException e) {
            throw lost(plan, "sandbox", "the sandbox failed: " + e.getMessage(), steps, e);
        }
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
        Rollout rollout = recorded.getRollout();
        try {
            if (Grader.needsRolloutSandbox(truth) && own.isEmpty()) {
                return new Grading(
                        Optional.empty(),
                        List.of(
                                failure(
                                        "grade",
                                        "grader",
                                        rollout.getRolloutId(),
                                        rollout.getTaskId(),
                                        "the task is graded in the rollout's own sandbox, which is gone, and its grade was not stored")));
            }
            Grade grade = grader.grade(plan, truth, recorded.getChanges(), own);
            return new Grading(Optional.of(grade), List.of());
        } catch (SandboxException e) {
            return new Grading(
                    Optional.empty(),
                    List.of(failure(
                            "grade",
                            "sandbox",
                            rollout.getRolloutId(),
                            rollout.getTaskId(),
                            "the rollout could not be graded, its sandbox failed: " + e.getMessage()
                                    + "; started again, the run grades it")));
        }
    }

    private GroundTruth withTimeout(GroundTruth truth) {
        return config.gradingTimeoutS() == null
                ? truth
                : GroundTruth.newBuilder(truth)
                        .setTimeoutS(config.gradingTimeoutS())
                        .build();
    }

    private FinishedRollout finished(Rollout rollout, RolloutPlan plan, Grading grading) {
        return new FinishedRollout(
                rollout,
                journal.key(plan).blobName(),
                plan.getTask().getStatement(),
                grading.grade().orElse(null),
                grading.failures());
    }

    /** The slot's failure, with what it had cost until then. */
    private static ElementFailedException lost(
            RolloutPlan plan, String kind, String message, List<Step> steps, Exception cause) {
        Failure failure = Failure.newBuilder(failure(
                        "rollout", kind, plan.getRolloutId(), plan.getTask().getTaskId(), message))
                .setModelCalls(steps.size())
                .setTokens(steps.stream()
                        .mapToLong(step -> step.getInputTokens() + step.getOutputTokens())
                        .sum())
                .setCostUsd(steps.stream().mapToDouble(Step::getCostUsd).sum())
                .build();
        return new ElementFailedException(failure, cause);
    }

    private static Failure failure(String step, String kind, String rolloutId, String taskId, String message) {
        return Failure.newBuilder()
                .setStep(step)
                .setElementId(rolloutId)
                .setTaskId(taskId)
                .setKind(kind)
                .setMessage(message)
                .build();
    }

    @Override
    public void close() {
        if (sandboxes != null) { // opening failed where it is null
            sandboxes.close();
        }
    }
}
