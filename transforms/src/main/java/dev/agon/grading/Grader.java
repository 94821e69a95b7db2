package dev.agon.grading;

import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.CommandResult.End;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxAbusedException;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.SandboxLimits;
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
import java.util.regex.Pattern;
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
 * without a verdict, or failed and hit one of its limits. Neither says anything about the submission. When there is no verdict, or the agent has used up the sandbox, the
 * check runs once more in a new sandbox, without the agent's work. If it gives a verdict there, the agent is to blame, and the grade is
 * 0.
 *
 * <p>A submission may be hostile; {@link CheckCommand} keeps it from the check. Files that Python or pytest load by themselves are left
 * out, unless the task has them. Many threads may use one grader.
 */
public final class Grader {

    /** Why a rollout is not resolved whose agent left no sandbox that could be graded. */
    public static final String SANDBOX_ABUSED = "sandbox_abused";

    private static final String TIMED_OUT = "check_timed_out";
    private static final int MOST_OUTPUT = 4000;
    private static final Pattern LOADED_UNASKED =
            Pattern.compile("^(?:.*/)?(?:(?:site|user)customize(?:[./].*)?|conftest\\.py)");

    private final Sandboxes sandboxes;
    private final SandboxLimits limits;
    private final InstantSource clock;

    /** @param limits of memory, output and processor time; those of the sandboxes are for agents */
    public Grader(Sandboxes sandboxes, SandboxLimits limits, InstantSource clock) {
        this.sandboxes = sandboxes;
        this.limits = limits;
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
        List<TreeChange> unasked =
                changes.stream().filter(change -> isUnasked(change, task)).toList();
        List<TreeChange> counting =
                changes.stream().filter(change -> !unasked.contains(change)).toList();
        HiddenCheck check = new HiddenCheck(truth, task, limits);
        Grade.Builder grade = ungraded(plan);
        try {
            HiddenCheck.Verdict verdict;
            if (needsRolloutSandbox(truth)) {
                Sandbox own = rolloutSandbox.orElseThrow(() -> new IllegalArgumentException(
                        plan.getRolloutId() + " is graded in its own sandbox, which was not handed over"));
                check.remove(unasked, own);
                verdict = check.run(own);
            } else {
                try (Sandbox sandbox = open(task, truth)) {
                    sandbox.apply(counting);
                    verdict = check.run(sandbox);
                }
            }
            CommandResult result = verdict.result();
            grade.setResolved(verdict.resolved())
                    .setReward(verdict.reward())
                    .setReason(verdict.resolved() ? null : reason(result, changes))
                    .setReturnCode(
                            result.returnCode().isPresent()
                                    ? result.returnCode().getAsInt()
                                    : null)
                    .setOutput(end(result.output()));
        } catch (SandboxAbusedException e) {
            checkUntouched(check, task, truth);
            grade.setReason(SANDBOX_ABUSED).setOutput(end(e.getMessage()));
        } catch (NoVerdictException e) {
            checkUntouched(check, task, truth);
            grade.setReason(e.timedOut() ? TIMED_OUT : SANDBOX_ABUSED)
                    .setOutput(e.getMessage() + "\n"
                            + end(e.output(), MOST_OUTPUT - e.getMessage().length() - 1));
        }
        return grade.setDurationMs(Duration.between(startedAt, clock.instant()).toMillis())
                .build();
    }

    /** The grade of a rollout whose agent left no sandbox. */
    public static Grade abused(RolloutPlan plan) {
        return ungraded(plan).setReason(SANDBOX_ABUSED).build();
    }

    private static Grade.Builder ungraded(RolloutPlan plan) {
        return Grade.newBuilder()
                .setRolloutId(plan.getRolloutId())
                .setTaskId(plan.getTask().getTaskId())
                .setIteration(plan.getIteration())
                .setResolved(false)
                .setReward(0)
                .setDurationMs(0);
    }

    private Sandbox open(Task task, GroundTruth truth) throws SandboxException, InterruptedException {
        Map<String, String> environment =
                task.getEnvironment().stream().collect(Collectors.toMap(Variable::getName, Variable::getValue));
        return sandboxes.open(new Sandboxes.Spec(task.getWorkdir(), task.getFiles(), environment, truth.getFolders()));
    }

    /** Fails as the check does when that is to blame itself: it fails on the task as it was, too. */
    private void checkUntouched(HiddenCheck check, Task task, GroundTruth truth)
            throws SandboxException, NoVerdictException, InterruptedException {
        try (Sandbox untouched = open(task, truth)) {
            check.run(untouched);
        }
    }

    private static boolean isUnasked(TreeChange change, Task task) {
        return LOADED_UNASKED.matcher(change.getPath()).matches()
                && task.getFiles().stream().noneMatch(file -> file.getPath().equals(change.getPath()));
    }

    private static String reason(CommandResult result, List<TreeChange> changes) {
        if (changes.isEmpty()) {
            return "nothing_submitted";
        }
        return result.ended() == End.TIMED_OUT ? TIMED_OUT : "check_failed";
    }

    private static String end(String output) {
        return end(output, MOST_OUTPUT);
    }

    private static String end(String output, int most) {
        int start = Math.max(0, output.length() - Math.max(0, most));
        // Half a character is left out.
        boolean half = start > 0 && Character.isLowSurrogate(output.charAt(start));
        return output.substring(half ? start + 1 : start);
    }
}
