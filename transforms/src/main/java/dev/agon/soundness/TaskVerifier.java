package dev.agon.soundness;

import dev.agon.grading.Grader;
import dev.agon.grading.NoVerdictException;
import dev.agon.sandbox.Command;
import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.SandboxLimits;
import dev.agon.sandbox.Sandboxes;
import dev.agon.sandbox.SubmissionTooLargeException;
import dev.agon.schemas.Grade;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Ids;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskRef;
import dev.agon.schemas.Variable;
import dev.agon.tasks.BadRecordException;
import dev.agon.tasks.ReadTask;
import dev.agon.tasks.ReferenceSolution;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tries a task before money is spent on it. It grades the reference solution and doing nothing as rollouts are graded, each a number
 * of times, with no model.
 *
 * <p>In: a task. Out: its {@link Soundness}. A task without a reference solution, or whose sandbox or check fails, is unsound, with the
 * reason. Many threads may use one verifier.
 */
public final class TaskVerifier {

    private static final String WAITING = ".agon-reference";
    private static final Duration A_MOMENT = Duration.ofSeconds(60);
    private static final Duration DEFAULT_TIME = Duration.ofMinutes(30);
    private static final int OUTPUT_END = 300;

    private final Sandboxes sandboxes;
    private final Grader grader;
    private final int times;

    /**
     * @param limits of hidden checks
     * @param times how often the reference and doing nothing are graded, each
     */
    public TaskVerifier(Sandboxes sandboxes, SandboxLimits limits, InstantSource clock, int times) {
        this.sandboxes = sandboxes;
        this.grader = new Grader(sandboxes, limits, clock);
        this.times = times;
    }

    public Soundness verify(ReadTask read) throws InterruptedException {
        String id = read.task().getTaskId();
        try {
            Optional<ReferenceSolution> solution = read.reference().read();
            if (solution.isEmpty()) {
                return Soundness.unknown(id, times, "has no reference solution");
            }
            int reference = 0;
            int nothing = 0;
            String output = "";
            for (int time = 0; time < times; time++) {
                Grade solved = grade(read, time, solution);
                reference += solved.getResolved() ? 1 : 0;
                output = solved.getResolved() ? output : solved.getReason() + ", " + end(solved.getOutput());
                nothing += grade(read, time, Optional.empty()).getResolved() ? 1 : 0;
            }
            return Soundness.graded(id, reference, nothing, times, output);
        } catch (BadRecordException e) {
            return Soundness.unknown(id, times, "has a reference solution that cannot be read: " + e.getMessage());
        } catch (NoVerdictException e) {
            return Soundness.unknown(
                    id, times, "has a check without a verdict: " + e.getMessage() + ": " + end(e.output()));
        } catch (SubmissionTooLargeException e) {
            return Soundness.unknown(
                    id, times, "has a reference solution that is too large for a submission: " + e.getMessage());
        } catch (SandboxException e) {
            return Soundness.unknown(id, times, "has a sandbox that fails: " + e.getMessage());
        }
    }

    private Grade grade(ReadTask read, int time, Optional<ReferenceSolution> solution)
            throws SandboxException, SubmissionTooLargeException, NoVerdictException, InterruptedException {
        Task task = read.task();
        try (Sandbox sandbox = sandboxes.open(spec(task, read.truth(), solution))) {
            if (solution.isPresent()) {
                apply(solution.get(), task, sandbox);
            }
            return grader.grade(plan(task, time), task, read.truth(), sandbox.changes(), Optional.of(sandbox));
        }
    }

    private static Sandboxes.Spec spec(Task task, GroundTruth truth, Optional<ReferenceSolution> solution) {
        Map<String, String> environment =
                task.getEnvironment().stream().collect(Collectors.toMap(Variable::getName, Variable::getValue));
        List<String> folders = new ArrayList<>(truth.getFolders());
        solution.map(ReferenceSolution::folder).ifPresent(folders::add);
        return new Sandboxes.Spec(task.getWorkdir(), task.getFiles(), environment, folders);
    }

    private static void apply(ReferenceSolution solution, Task task, Sandbox sandbox)
            throws SandboxException, InterruptedException {
        if (solution.folder() == null) {
            sandbox.write(solution.files());
        } else {
            sandbox.write(solution.filesBelow(WAITING));
            run(sandbox, "cp -a " + WAITING + "/. " + solution.folder() + " && rm -rf " + WAITING, A_MOMENT);
        }
        if (solution.command() != null) {
            Duration limit = task.getWallTimeS() == null ? DEFAULT_TIME : Duration.ofSeconds(task.getWallTimeS());
            run(sandbox, solution.command(), limit);
        }
    }

    private static void run(Sandbox sandbox, String script, Duration limit)
            throws SandboxException, InterruptedException {
        CommandResult result = sandbox.run(new Command(script, limit));
        if (result.returnCode().orElse(-1) != 0) {
            throw new SandboxException("the reference solution "
                    + result.ended().id() + " with return code " + result.returnCode() + ": " + end(result.output()));
        }
    }

    private static RolloutPlan plan(Task task, int time) {
        return RolloutPlan.newBuilder()
                .setRolloutId(Ids.rolloutId(task.getTaskId(), 0, time))
                .setTask(new TaskRef(task.getTaskId(), "", ""))
                .setIteration(0)
                .setIndex(time)
                .setSeed(0)
                .build();
    }

    private static String end(String output) {
        String text = output == null ? "" : output.strip();
        return text.substring(Math.max(0, text.length() - OUTPUT_END)).replaceAll("\\s+", " ");
    }
}
