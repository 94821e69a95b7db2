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
 * Grades the submission of a rollout with the task's hidden check.
 *
 * <p>In: the slot with its task, the ground truth, and the changes that the agent made. The grader applies the changes to the task's
 * files in a new sandbox. Then it writes the hidden files, in the place of any file, link or folder there, and runs the check in the
 * working folder. If the ground truth says {@code rollout}, it grades in the rollout's own sandbox, as the agent left it. Out: a
 * {@link Grade} with the verdict of the {@link HiddenCheck}. A submission without changes is checked too, since a task may be solved
 * from the start.
 *
 * <p>Fails with a {@link SandboxException} when the sandbox is down, and with a {@link NoVerdictException} when the check ended
 * without a verdict. Neither says anything about the submission.
 *
 * <p>A submission may be hostile. It runs beside the check, so it can read the hidden files and the marker. The sandbox keeps it from
 * everything else. Many threads may use one grader.
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
     * @param rolloutSandbox the rollout's own sandbox, when {@link #needsRolloutSandbox} says so; it stays open
     */
    public Grade grade(
            RolloutPlan plan, Task task, GroundTruth truth, List<TreeChange> changes, Optional<Sandbox> rolloutSandbox)
            throws SandboxException, NoVerdictException, InterruptedException {
        Instant startedAt = clock.instant();
        HiddenCheck check = new HiddenCheck(truth);
        HiddenCheck.Verdict verdict;
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
        // Half a character is left out.
        boolean half = start > 0 && Character.isLowSurrogate(output.charAt(start));
        return output.substring(half ? start + 1 : start);
    }
}
