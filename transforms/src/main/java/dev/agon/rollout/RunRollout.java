package dev.agon.rollout;

import dev.agon.agent.Agent;
import dev.agon.agent.AgentConfig;
import dev.agon.agent.AgentLimits;
import dev.agon.agent.AgentModel;
import dev.agon.agent.AgentResult;
import dev.agon.concurrency.ConcurrentWork;
import dev.agon.concurrency.ElementFailedException;
import dev.agon.concurrency.MapConcurrently;
import dev.agon.grading.Grader;
import dev.agon.grading.NoVerdictException;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.journal.Stop;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.runtime.Permits.Permit;
import dev.agon.runtime.RunAbortedException;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.Worker;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.Sandboxes;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Grade;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Ids;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.RolloutRow;
import dev.agon.schemas.Task;
import dev.agon.tables.WholeRollout;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Fills one slot and grades it, or finds both in the journal.
 *
 * <p>The agent gets the plan; the ground truth is handed to the grader alone, after the agent has stopped. The grade is journaled
 * before the rollout, so that a rollout which is found there was graded, unless grading itself failed; then it is graded again. A
 * model or sandbox that is down is the slot's failure; its steps stay in the journal, and the next run goes on from them.
 */
final class RunRollout implements ConcurrentWork<RolloutPlan, FinishedRollout> {

    static final TupleTag<RolloutRef> REFS = new TupleTag<>("refs") {};
    static final TupleTag<RolloutRow> ROLLOUTS = new TupleTag<>("rollouts") {};
    static final TupleTag<Grade> GRADES = new TupleTag<>("grades") {};

    private final RolloutConfig config;
    private final RunScope scope;
    private transient Worker worker;
    private transient WorkerSandboxes sandboxes;
    private transient TaskContents tasks;
    private transient AgentConfig agentConfig;
    private transient Map<ModelConfig, Agent> agents;
    private transient Grader grader;
    private transient RolloutJournal journal;

    RunRollout(RolloutConfig config, RunScope scope) {
        this.config = config;
        this.scope = scope;
    }

    @Override
    public void open(Worker joined) throws Exception {
        worker = joined;
        sandboxes = worker.resource(
                config.sandbox(), () -> new WorkerSandboxes(config.sandbox().connect()));
        tasks = worker.resource(TaskContents.class, () -> new TaskContents(scope.journalStore()));
        agentConfig = config.agent().compile(config.limits());
        Template taskPrompt = config.prompts().get(Prompt.TASK);
        agents = new HashMap<>();
        for (ModelConfig model : config.models()) {
            AgentModel acting = new AgentModel(worker.connect(model), model.name(), model.sampling(0));
            agents.put(model, new Agent(agentConfig, taskPrompt, acting, InstantSource.system()));
        }
        grader = new Grader(sandboxes.forGrading(worker.control()), InstantSource.system());
        journal = new RolloutJournal(worker.journal(), scope.controlStore().run(), config, agentConfig, taskPrompt);
    }

    @Override
    public FinishedRollout apply(RolloutPlan plan) throws ElementFailedException, InterruptedException {
        GradedPlan graded = new GradedPlan(plan, tasks.task(plan.getTask()), withTimeout(tasks.truth(plan.getTask())));
        Optional<RecordedRollout> recorded = journal.find(graded);
        boolean found = recorded.filter(rollout -> journal.wouldEndSo(rollout, limits(graded.task())))
                .filter(rollout -> !Grader.needsRolloutSandbox(graded.truth())
                        || journal.findGrade(graded, rollout.getRollout()).isPresent())
                .isPresent();
        return found ? again(recorded.get(), graded) : run(graded, recorded);
    }

    @Override
    public void emit(FinishedRollout done, MultiOutputReceiver out) {
        done.ref().ifPresent(out.get(REFS)::output);
        out.get(ROLLOUTS).output(done.row());
        done.grade().ifPresent(out.get(GRADES)::output);
        done.failures().forEach(out.get(MapConcurrently.FAILURES)::output);
    }

    @Override
    public Failure.Builder failureOf(RolloutPlan plan) {
        return failure("rollout", plan);
    }

    @Override
    public void count(FinishedRollout done, Progress progress) {
        boolean found = done.ref().isPresent() && done.row().getRollout().getModelCallsPaid() == 0;
        progress.add(Counter.ROLLOUTS, 1);
        progress.add(Counter.ROLLOUTS_FROM_JOURNAL, found ? 1 : 0);
        progress.add(Counter.FAILURES, done.failures().size());
    }

    private FinishedRollout run(GradedPlan graded, Optional<RecordedRollout> ended)
            throws ElementFailedException, InterruptedException {
        RolloutPlan plan = graded.plan();
        Task task = graded.task();
        GroundTruth truth = graded.truth();
        ModelConfig model = config.modelOf(plan.getSeed());
        JournaledSteps steps = journal.steps(graded, ended, worker.progress());
        try (Permit acting = worker.permits(config.agentsInFlight()).acquire();
                Sandbox sandbox = sandboxes.forAgent(
                        new Sandboxes.Spec(task.getWorkdir(), task.getFiles(), environment(task), truth.getFolders()),
                        worker.control())) {
            AgentResult result = agents.get(model)
                    .within(limits(task))
                    .run(task, plan.getContext(), plan.getSeed(), sandbox, worker.control()::stopRequested, steps);
            boolean stopped = Fault.of(result.outcome().id()) == Fault.STOPPED;
            if (stopped && result.steps().isEmpty()) {
                throw notStarted(plan);
            }
            RecordedRollout rollout = RolloutRecord.of(graded, result, sandbox, model.id(), limits(task));
            if (stopped) {
                return stopped(rollout.getRollout());
            }
            acting.close(); // the next agent begins while this one is graded
            if (!Grader.needsRolloutSandbox(truth)) {
                sandbox.close();
            }
            Grading grading = grade(rollout, graded, Optional.of(sandbox));
            steps.keepThoseBeyond(result.steps().size());
            journal.put(graded, rollout, grading.grade());
            steps.finished();
            return finished(rollout.getRollout(), graded, grading);
        } catch (ModelException e) {
            Failure.Builder failure = failure(
                            "rollout", Fault.MODEL, plan, "the model did not answer: " + e.getMessage())
                    .setAttempts(e.tries())
                    .setDetail(e.detail().isEmpty() ? null : e.detail());
            throw new ElementFailedException(steps.account().into(failure.build()), e);
        } catch (RunAbortedException e) {
            Failure.Builder failure = failure(
                    "rollout",
                    Fault.STOPPED,
                    plan,
                    "the rollout was ended in the middle of a command: " + stopMessage("the run was cancelled"));
            throw new ElementFailedException(steps.account().into(failure.build()), e);
        } catch (SandboxException e) {
            Failure.Builder failure = failure("rollout", Fault.SANDBOX, plan, "the sandbox failed: " + e.getMessage());
            throw new ElementFailedException(steps.account().into(failure.build()), e);
        } catch (RuntimeException | StackOverflowError e) {
            Failure bug = ElementFailedException.ofBug(failureOf(plan), e).failure();
            throw new ElementFailedException(steps.account().into(bug), e);
        }
    }

    /** A rollout in progress is a row, so that what it cost is seen, and no candidate; its steps stay in the journal. */
    private static FinishedRollout stopped(Rollout rollout) {
        return new FinishedRollout(new RolloutRow(rollout, null), Optional.empty(), Optional.empty(), List.of());
    }

    private String stopMessage(String otherwise) {
        return worker.control().stop().map(Stop::message).orElse(otherwise);
    }

    private ElementFailedException notStarted(RolloutPlan plan) {
        String why = stopMessage("nothing may be bought");
        return new ElementFailedException(
                failure("rollout", Fault.STOPPED, plan, "the rollout was not started: " + why)
                        .build(),
                null);
    }

    private FinishedRollout again(RecordedRollout recorded, GradedPlan graded) throws InterruptedException {
        Rollout rollout = Rollout.newBuilder(recorded.getRollout())
                .setModelCallsPaid(0)
                .setCostUsdPaid(0)
                .build();
        Optional<Grade> known = journal.findGrade(graded, rollout);
        if (known.isPresent()) {
            return finished(rollout, graded, new Grading(known, List.of()));
        }
        Grading grading = grade(recorded, graded, Optional.empty());
        grading.grade().ifPresent(grade -> journal.putGrade(graded, rollout, grade));
        return finished(rollout, graded, grading);
    }

    /** The grade, or why there is none. */
    private record Grading(Optional<Grade> grade, List<Failure> failures) {}

    /** Grades a rollout that is whole. It stays a candidate whatever becomes of that, a stop of the run included. */
    private Grading grade(RecordedRollout recorded, GradedPlan graded, Optional<Sandbox> own)
            throws InterruptedException {
        if (Fault.of(recorded.getRollout().getOutcome()).grading() == Fault.Grading.ZERO) {
            return new Grading(Optional.of(Grader.abused(graded.plan())), List.of());
        }
        try {
            Grade grade = grader.grade(graded.plan(), graded.task(), graded.truth(), recorded.getChanges(), own);
            return new Grading(Optional.of(grade), List.of());
        } catch (RunAbortedException e) {
            return ungraded(Fault.STOPPED, graded.plan(), stopMessage("the run was cancelled"), null);
        } catch (SandboxException e) {
            return ungraded(Fault.SANDBOX, graded.plan(), "its sandbox failed: " + e.getMessage(), null);
        } catch (NoVerdictException e) {
            return ungraded(
                    Fault.NO_VERDICT,
                    graded.plan(),
                    "its hidden check came to no verdict: " + e.getMessage(),
                    e.output());
        } catch (RuntimeException | StackOverflowError e) {
            Failure.Builder failure = failure("grade", graded.plan());
            return new Grading(
                    Optional.empty(),
                    List.of(ElementFailedException.ofBug(failure, e).failure()));
        }
    }

    private static Grading ungraded(Fault fault, RolloutPlan plan, String why, String detail) {
        String message = "the rollout could not be graded, " + why + "; " + fault.advice();
        return new Grading(
                Optional.empty(),
                List.of(failure("grade", fault, plan, message).setDetail(detail).build()));
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
        // Shells would run a file of the agent's before its check, which may come into the same sandbox.
        environment.keySet().removeAll(Set.of("BASH_ENV", "ENV"));
        return environment;
    }

    private GroundTruth withTimeout(GroundTruth truth) {
        return config.gradingTimeoutS() == null
                ? truth
                : GroundTruth.newBuilder(truth)
                        .setTimeoutS(config.gradingTimeoutS())
                        .build();
    }

    private FinishedRollout finished(Rollout rollout, GradedPlan graded, Grading grading) {
        String submission = rollout.getSubmission();
        String key = journal.key(graded).blobName();
        RolloutRef ref = new RolloutRef(
                rollout.getRolloutId(),
                rollout.getTaskId(),
                rollout.getIteration(),
                rollout.getIndex(),
                key,
                submission.isEmpty() ? null : Ids.sha256(submission),
                graded.task().getStatement());
        return new FinishedRollout(
                WholeRollout.withoutLongParts(rollout, key), Optional.of(ref), grading.grade(), grading.failures());
    }

    private static Failure.Builder failure(String step, RolloutPlan plan) {
        return Failure.newBuilder()
                .setStep(step)
                .setElementId(plan.getRolloutId())
                .setTaskId(plan.getTask().getTaskId());
    }

    private static Failure.Builder failure(String step, Fault fault, RolloutPlan plan, String message) {
        return failure(step, plan).setKind(fault.id()).setMessage(message);
    }
}
