package dev.agon.rollout;

import dev.agon.agent.AgentLimits;
import dev.agon.agent.AgentResult;
import dev.agon.agent.Outcome;
import dev.agon.evidence.LeakScan;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxAbusedException;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.SubmissionTooLargeException;
import dev.agon.sandbox.TreeDiff;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.TreeChange;
import java.util.List;

/** Turns what an agent did, and what it left in its sandbox, into the rollout that is journaled. */
final class RolloutRecord {

    private RolloutRecord() {}

    static RecordedRollout of(
            GradedPlan graded, AgentResult result, Sandbox sandbox, String modelId, AgentLimits limits)
            throws SandboxException, InterruptedException {
        RolloutPlan plan = graded.plan();
        String outcome = result.outcome().id();
        List<TreeChange> changes = List.of();
        try {
            if (result.outcome() != Outcome.SANDBOX_ABUSED) {
                changes = sandbox.changes();
            }
        } catch (SubmissionTooLargeException e) {
            outcome = Fault.SUBMISSION_TOO_LARGE.id();
        } catch (SandboxAbusedException e) {
            outcome = Fault.SANDBOX_ABUSED.id();
        }
        Rollout rollout = Rollout.newBuilder()
                .setRolloutId(plan.getRolloutId())
                .setTaskId(plan.getTask().getTaskId())
                .setIteration(plan.getIteration())
                .setIndex(plan.getIndex())
                .setOutcome(outcome)
                .setExitStatus(result.outcome().exitStatus())
                .setSubmission(TreeDiff.of(graded.task().getFiles(), changes))
                .setFinalOutput(result.finalOutput().orElse(null))
                .setSystemPrompt(result.systemPrompt())
                .setTaskPrompt(result.taskPrompt())
                .setSteps(result.steps())
                .setStepCount(result.steps().size())
                .setStartedAt(result.startedAt())
                .setDurationMs(result.duration().toMillis())
                .setContextId(plan.getContextId())
                .setModel(modelId)
                .setSeed(plan.getSeed())
                .setDiverged(result.diverged())
                .setMalformedAnswers((int) result.steps().stream()
                        .filter(step -> step.getCommands().isEmpty())
                        .count())
                .build();
        result.account().into(rollout);
        rollout.setLeaks(LeakScan.of(rollout));
        return new RecordedRollout(rollout, changes, limits.toString());
    }
}
