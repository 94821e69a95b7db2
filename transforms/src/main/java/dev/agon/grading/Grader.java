package dev.agon.grading;

import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.CommandResult.End;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.Sandboxes;
import dev.agon.schemas.Grade;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.Task;
import dev.agon.schemas.TreeChange;
import dev.agon.schemas.Variable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Grades what a rollout submitted by the task's hidden check.
 *
 * <p>In: the slot with its task, the ground truth, and the changes that the agent made. The changes are applied to the task's
 * files in a sandbox of their own, the hidden files are laid over whatever stands in their place, links and folders included,
 * and the check is run in the working folder. A task whose ground truth says {@code rollout} is graded in the rollout's own
 * sandbox instead, as the agent left it. Out: a {@link Grade}, with the verdict of the {@link HiddenCheck}. A submission without
 * changes is checked like any other: a task may be solved already.
 *
 * <p>Fails with a {@link SandboxException} when the sandbox is down, and with a {@link NoVerdictException} when the check ended
 * without a verdict; neither says anything of the submission.
 *
 * <p>What was submitted is hostile and runs beside the check: it can read the hidden files and the marker once the check runs
 * it. The sandbox keeps it from everything else. Safe for use by many threads at once.
 */
public final class Grader {

    private static final int MOST_OUTPUT = 4000;

    private final Sandboxes sandboxes;
    private final InstantSource clock;

    public Grader(Sandboxes sandboxes, InstantSource clock) {
        this.sandboxes = sandboxes;
        this.clock = clock;
    }

    /** Whether grading needs the rollout's own sandbox, still open. */
    public static boolean needsRolloutSandbox(GroundTruth truth) {
        return switch (truth.getSandbox()) {
            case "fresh" -> false;
            case "rollout" -> true;
            default ->
                throw new IllegalArgumentException("ground truth of " + truth.getTaskId() + " asks for the sandbox `"
                        + truth.getSandbox() + "`; expected fresh or rollout");
        };
    }

    /**
     * Grades one rollout.
     *
     * @param task the plan's task
     * @param rolloutSandbox the rollout's own sandbox, where {@link #needsRolloutSandbox} asks for it; it stays open
     */
    public Grade grade(
            RolloutPlan plan, Task task, GroundTruth truth, List<TreeChange> changes, Optional<Sandbox> rolloutSandbox)
            throws SandboxException, NoVerdictException, InterruptedException {
        Instant startedAt = clock.instant();
        HiddenCheck check = new HiddenCheck(truth);
        Verdict verdict;
        if (needsRolloutSandbox(truth)) {
            verdict = check.run(rolloutSandbox.orElseThrow(() -> new IllegalArgumentException(
                    plan.getRolloutId() + " is graded in its own sandbox, which was not handed over")));
        } else {
            Map<String, String> environment =
                    task.getEnvironment().stream().collect(Collectors.toMap(Variable::getName, Variable::getValue));
            try (Sandbox sandbox = sandboxes.open(
                    new Sandboxes.Spec(task.getWorkdir(), task.getFiles(), environment, truth.getFolders()))) {
                sandbox.apply(changes);
                verdict = check.run(sandbox);
            }
        }
        CommandResult result = verdict.result();
        return Grade.newBuilder()
                .setRolloutId(plan.getRolloutId())
                .setTaskId(task.getTaskId())
                .setIteration(plan.getIteration())
                .setResolved(verdict.resolved())
                .setReward(verdict.reward())
                .setReason(verdict.resolved() ? null : reason(result, changes))
                .setReturnCode(
                        result.returnCode().isPresent() ? result.returnCode().getAsInt() : null)
                .setOutput(end(result.output()))
                .setDurationMs(Duration.between(startedAt, clock.instant()).toMillis())
                .build();
    }

    private static String reason(CommandResult result, List<TreeChange> changes) {
        if (changes.isEmpty()) {
            return "nothing_submitted";
        }
        return result.ended() == End.TIMED_OUT ? "check_timed_out" : "check_failed";
    }

    private static String end(String output) {
        int start = Math.max(0, output.length() - MOST_OUTPUT);
        // Never half a character.
        boolean half = start > 0 && Character.isLowSurrogate(output.charAt(start));
        return output.substring(half ? start + 1 : start);
    }
}
