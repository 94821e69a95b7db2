package dev.agon.rollout;

import dev.agon.agent.AgentConfig;
import dev.agon.agent.AgentLimits;
import dev.agon.agent.Outcome;
import dev.agon.journal.BlobKind;
import dev.agon.journal.ContextJournal;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.journal.Progress;
import dev.agon.prompts.Template;
import dev.agon.schemas.Grade;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Ids;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.TaskFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The rollouts and grades of a run in the journal. A grade is an entry of its own, which only the step that grades asks for:
 * whoever loads a rollout by its reference cannot come upon its grade.
 *
 * <p>Of the limits only that of steps is part of a rollout's key, since prompts tell the agent of it. A rollout that ended at
 * another limit is used as it is only under the same limits, and goes on from there under others; one that ended by itself is used
 * wherever it would have come that far.
 */
final class RolloutJournal {

    private static final String TIMED_OUT = "check_timed_out";
    /** Ends that a limit may have brought about which is not part of the key. */
    private static final Set<String> LIMITED = Set.of(Outcome.COST_LIMIT.id(), Outcome.TIME_LIMIT.id());

    private final Journal journal;
    private final ContextJournal contexts;
    private final RolloutConfig config;
    private final AgentConfig agent;
    private final Template taskPrompt;

    /** @param run id of the run */
    RolloutJournal(Journal journal, String run, RolloutConfig config, AgentConfig agent, Template taskPrompt) {
        this.journal = journal;
        this.contexts = new ContextJournal(journal, run);
        this.config = config;
        this.agent = agent;
        this.taskPrompt = taskPrompt;
    }

    JournalKey key(GradedPlan graded) {
        RolloutPlan plan = graded.plan();
        return JournalKey.of(
                BlobKind.ROLLOUTS,
                plan.getRolloutId(),
                graded.task().getContentHash(),
                agent.hash(),
                agent.limits().steps(),
                config.sandbox().kind(),
                config.sandbox().network(),
                taskPrompt.source(),
                config.modelOf(plan.getSeed()).answerKey(),
                plan.getContext(),
                plan.getSeed());
    }

    /** The rollout of this slot, whatever limit it ended at. */
    Optional<RecordedRollout> find(GradedPlan graded) {
        return journal.find(key(graded), RecordedRollout.class);
    }

    /** The steps of a rollout in progress; one that ended at another limit goes on from where it ended. */
    JournaledSteps steps(GradedPlan graded, Optional<RecordedRollout> ended, Progress progress) {
        List<RecordedStep> earlier = ended.stream()
                .map(RecordedRollout::getRollout)
                .flatMap(rollout ->
                        rollout.getSteps().stream().map(step -> new RecordedStep(step, true, rollout.getStartedAt())))
                .toList();
        return new JournaledSteps(journal, key(graded), earlier, progress, () -> keepContext(graded.plan()));
    }

    /** What is bought under a context binds the run to it: a later start tells the other slots the same. */
    private void keepContext(RolloutPlan plan) {
        if (plan.getContextId() != null) {
            contexts.put(new RefinementContext(
                    plan.getContextId(),
                    plan.getTask().getTaskId(),
                    plan.getIteration(),
                    plan.getContextRolloutIds(),
                    plan.getContext()));
        }
    }

    /** Whether a rollout that was recorded under other limits would have ended in the same way under those of now. */
    boolean wouldEndSo(RecordedRollout recorded, AgentLimits limits) {
        if (recorded.getLimits().equals(limits.toString())) {
            return true;
        }
        Rollout rollout = recorded.getRollout();
        double most = limits.costUsd();
        return !LIMITED.contains(rollout.getOutcome()) && (most == 0 || rollout.getCostUsd() < most);
    }

    /** The grade; one that ran out of a shorter time than there is now does not count. */
    Optional<Grade> findGrade(GradedPlan graded, Rollout rollout) {
        return journal.find(gradeKey(graded, rollout), Grade.class)
                .filter(grade -> !TIMED_OUT.equals(grade.getReason())
                        || grade.getDurationMs()
                                >= TimeUnit.SECONDS.toMillis(graded.truth().getTimeoutS()));
    }

    /** The grade goes first: a rollout in the journal has its grade there, if it has one. */
    void put(GradedPlan graded, RecordedRollout rollout, Optional<Grade> grade) {
        grade.ifPresent(known -> putGrade(graded, rollout.getRollout(), known));
        journal.put(key(graded), rollout);
    }

    void putGrade(GradedPlan graded, Rollout rollout, Grade grade) {
        journal.put(gradeKey(graded, rollout), grade);
    }

    private JournalKey gradeKey(GradedPlan graded, Rollout rollout) {
        GroundTruth truth = graded.truth();
        StringBuilder hidden = new StringBuilder();
        for (TaskFile file : truth.getFiles()) {
            byte[] bytes = new byte[file.getContent().remaining()];
            file.getContent().duplicate().get(bytes);
            hidden.append(file.getPath())
                    .append(' ')
                    .append(file.getExecutable())
                    .append(' ')
                    .append(Ids.sha256(bytes))
                    .append('\n');
        }
        if (!truth.getVerdict().equals("exit")) {
            hidden.append(truth.getVerdict())
                    .append(' ')
                    .append(truth.getFilesFolder())
                    .append(' ')
                    .append(truth.getFolders());
        }
        return JournalKey.of(
                BlobKind.GRADES,
                graded.rolloutId(),
                key(graded).hash(),
                Ids.sha256(rollout.getSubmission()),
                hidden,
                truth.getCommand(),
                truth.getMarker(),
                truth.getSandbox());
    }
}
