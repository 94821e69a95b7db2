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
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.journal.Stop;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.rollout.RolloutGrader.Grading;
import dev.agon.runtime.Permits.Permit;
import dev.agon.runtime.RunAbortedException;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.Worker;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Grade;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.RolloutRow;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private transient RolloutGrader grader;
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
        grader = new RolloutGrader(
                new Grader(sandboxes.forGrading(worker.control()), config.gradingLimits(), InstantSource.system()),
                this::stopMessage);
        journal = new RolloutJournal(worker.journal(), scope.controlStore().run(), config, agentConfig, taskPrompt);
    }

    @Override
    public FinishedRollout apply(RolloutPlan plan) throws ElementFailedException, InterruptedException {
        GradedPlan graded = new GradedPlan(plan, tasks.task(plan.getTask()), withTimeout(tasks.truth(plan.getTask())));
        Optional<RecordedRollout> recorded = journal.find(graded);
        boolean found = recorded.filter(rollout -> journal.wouldEndSo(rollout, limits(graded)))
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
        return Fault.BUG.failure("rollout", plan);
    }

    @Override
    public void count(FinishedRollout done, Progress progress) {
        boolean found = done.ref().isPresent() && done.row().getRollout().getModelCallsPaid() == 0;
        progress.add(Counter.ROLLOUTS, 1);
        progress.add(Counter.ROLLOUTS_FROM_JOURNAL, found ? 1 : 0);
        progress.failed(done.failures());
    }

    private FinishedRollout run(GradedPlan graded, Optional<RecordedRollout> ended)
            throws ElementFailedException, InterruptedException {
        RolloutPlan plan = graded.plan();
        AgentLimits limits = limits(graded);
        ModelConfig model = config.modelOf(plan.getSeed());
        JournaledSteps steps = journal.steps(graded, ended, worker.progress());
        try (Permit acting = worker.permits(config.agentsInFlight()).acquire();
                Sandbox sandbox = sandboxes.forAgent(graded.sandbox(agentConfig), worker.control())) {
            AgentResult result = agents.get(model)
                    .within(limits)
                    .run(
                            graded.task(),
                            plan.getContext(),
                            plan.getSeed(),
                            sandbox,
                            worker.control()::stopRequested,
                            steps);
            boolean stopped = Fault.of(result.outcome().id()) == Fault.STOPPED;
            if (stopped && result.steps().isEmpty()) {
                throw notStarted(plan);
            }
            RecordedRollout rollout = RolloutRecord.of(graded, result, sandbox, model.id(), limits);
            if (stopped) {
                return FinishedRollout.stopped(rollout.getRollout());
            }
            acting.close(); // the next agent begins while this one is graded
            if (!Grader.needsRolloutSandbox(graded.truth())) {
                sandbox.close();
            }
            Grading grading = grader.grade(rollout, graded, Optional.of(sandbox));
            steps.keepThoseBeyond(result.steps().size());
            journal.put(graded, rollout, grading.grade());
            steps.finished();
            return FinishedRollout.of(rollout.getRollout(), graded, key(graded), grading);
        } catch (ModelException e) {
            if (e.kind() == ModelException.Kind.CONTEXT_LENGTH
                    && worker.control().spent().calls() == 0) {
                worker.control()
                        .misconfigured("the first prompt is already too long, so no agent can begin: " + e.getMessage()
                                + ". Take a model with a longer context, or lower max_tokens of the model");
            }
            Failure.Builder failure = Fault.MODEL
                    .failure("rollout", plan)
                    .setMessage("the model did not answer: " + e.getMessage())
                    .setAttempts(e.tries())
                    .setDetail(e.detail().isEmpty() ? null : e.detail());
            throw new ElementFailedException(steps.account().into(failure.build()), e);
        } catch (RunAbortedException e) {
            Failure.Builder failure = Fault.STOPPED
                    .failure("rollout", plan)
                    .setMessage("the rollout was ended in the middle of a command: "
                            + stopMessage().orElse("the run was cancelled"));
            throw new ElementFailedException(steps.account().into(failure.build()), e);
        } catch (SandboxException e) {
            Fault fault = worker.control().stopRequested() ? Fault.STOPPED : Fault.SANDBOX;
            Failure.Builder failure =
                    fault.failure("rollout", plan).setMessage("the sandbox failed: " + e.getMessage());
            throw new ElementFailedException(steps.account().into(failure.build()), e);
        } catch (RuntimeException | StackOverflowError e) {
            Failure bug = ElementFailedException.ofBug(failureOf(plan), e).failure();
            throw new ElementFailedException(steps.account().into(bug), e);
        }
    }

    private Optional<String> stopMessage() {
        return worker.control().stop().map(Stop::message);
    }

    private ElementFailedException notStarted(RolloutPlan plan) {
        String why = stopMessage().orElse("nothing may be bought");
        return new ElementFailedException(
                Fault.STOPPED
                        .failure("rollout", plan)
                        .setMessage("the rollout was not started: " + why)
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
            return FinishedRollout.of(rollout, graded, key(graded), new Grading(known, List.of()));
        }
        Grading grading = grader.grade(recorded, graded, Optional.empty());
        grading.grade().ifPresent(grade -> journal.putGrade(graded, rollout, grade));
        return FinishedRollout.of(rollout, graded, key(graded), grading);
    }

    private AgentLimits limits(GradedPlan graded) {
        return graded.limits(agentConfig.limits(), config.limits().wallTimeLimitS() != null);
    }

    private String key(GradedPlan graded) {
        return journal.key(graded).blobName();
    }

    private GroundTruth withTimeout(GroundTruth truth) {
        return config.gradingTimeoutS() == null
                ? truth
                : GroundTruth.newBuilder(truth)
                        .setTimeoutS(config.gradingTimeoutS())
                        .build();
    }
}
