package dev.agon.grading;

import dev.agon.sandbox.Command;
import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.CommandResult.End;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxAbusedException;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.SandboxLimits;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TreeChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hidden check of one task. It writes its files into a sandbox that has an agent's submission, runs its command, and reads its
 * verdict.
 *
 * <p>The ground truth's {@code verdict} names one of three kinds. {@code exit} passes when the command returns 0 and, if there is a
 * marker, the last line of its output is the marker. {@code reward} passes when the reward in Harbor's files is 1 or more. {@code
 * pytest} passes when every test of pytest's short summary passed.
 */
final class HiddenCheck {

    /** Files for a folder of their own wait here, since a sandbox writes into its working folder only. */
    private static final String WAITING = ".agon-hidden";

    private static final Duration A_MOMENT = Duration.ofSeconds(60);

    private final GroundTruth truth;
    private final String command;
    private final SandboxLimits limits;

    HiddenCheck(GroundTruth truth, Task task, SandboxLimits limits) {
        this.truth = truth;
        this.limits = limits;
        this.command = CheckCommand.of(truth, task);
    }

    /** @throws NoVerdictException when the check ended without saying whether the submission passes */
    Verdict run(Sandbox sandbox) throws SandboxException, NoVerdictException, InterruptedException {
        sandbox.limit(limits);
        place(sandbox);
        CommandResult result = sandbox.run(new Command(command, Duration.ofSeconds(truth.getTimeoutS())));
        Optional<String> limit = limitHit(result);
        try {
            Verdict verdict = verdict(sandbox, result);
            if (verdict.resolved() || limit.isEmpty()) {
                return verdict;
            }
        } catch (NoVerdictException e) {
            if (limit.isEmpty()) {
                throw e;
            }
        }
        throw new NoVerdictException("the check was ended at a limit of its own: " + limit.get(), result.output());
    }

    /** Which limit of grading ended the check, or one of its processes. That is no fault of the submission. */
    private Optional<String> limitHit(CommandResult result) {
        return switch (result.ended()) {
            case OUTPUT_LIMIT -> Optional.of("it printed more than grading.output_kb, " + limits.outputBytes() / 1024);
            case KILLED -> Optional.of("it used more memory than grading.memory_mb, " + limits.memoryMb());
            case CPU_LIMIT ->
                Optional.of("a process used more processor time than grading.cpu_s, " + limits.cpuSeconds());
            case EXITED, TIMED_OUT -> Optional.empty();
        };
    }

    private Verdict verdict(Sandbox sandbox, CommandResult result)
            throws SandboxException, NoVerdictException, InterruptedException {
        return switch (truth.getVerdict()) {
            case "exit" -> Verdict.of(passes(result), result);
            case "reward" -> {
                double reward = reward(sandbox, result);
                yield new Verdict(reward >= 1, reward, result);
            }
            case "pytest" ->
                Verdict.of(
                        result.ended() != End.TIMED_OUT
                                && PytestSummary.parse(result.output()).allPassed(),
                        result);
            default ->
                throw new IllegalArgumentException("ground truth of " + truth.getTaskId() + " asks for the verdict `"
                        + truth.getVerdict() + "`; expected exit, reward or pytest");
        };
    }

    /** Takes changes of a submission away, as if they had not been made. */
    void remove(List<TreeChange> changes, Sandbox sandbox) throws SandboxException, InterruptedException {
        sandbox.apply(changes.stream()
                .map(change -> TreeChange.newBuilder(change).setContent(null).build())
                .toList());
    }

    /** Writes the hidden files. What the agent left in the folders of the check is removed first, since it might be a reward. */
    private void place(Sandbox sandbox) throws SandboxException, InterruptedException {
        if (truth.getFilesFolder() == null) {
            sandbox.write(truth.getFiles());
            return;
        }
        String folders = String.join(" ", truth.getFolders());
        must(
                sandbox,
                "chmod -R u+rwx " + folders + " && find " + folders + " -mindepth 1 -delete && rm -rf " + WAITING);
        List<TaskFile> waiting = truth.getFiles().stream()
                .map(file -> TaskFile.newBuilder(file)
                        .setPath(WAITING + "/" + file.getPath())
                        .build())
                .toList();
        sandbox.write(waiting);
        must(sandbox, "cp -a " + WAITING + "/. " + truth.getFilesFolder() + " && rm -rf " + WAITING);
    }

    private void must(Sandbox sandbox, String script) throws SandboxException, InterruptedException {
        CommandResult result = sandbox.run(new Command(script, A_MOMENT));
        if (result.returnCode().orElse(-1) != 0) {
            throw new SandboxAbusedException("the hidden files of " + truth.getTaskId() + " cannot be put into "
                    + truth.getFilesFolder() + ": " + result.output().strip());
        }
    }

    private boolean passes(CommandResult result) {
        boolean succeeded = result.returnCode().orElse(-1) == 0;
        return succeeded
                && (truth.getMarker() == null
                        || lastLine(result.output()).equals(truth.getMarker().strip()));
    }

    private double reward(Sandbox sandbox, CommandResult result)
            throws SandboxException, NoVerdictException, InterruptedException {
        if (result.ended() == End.TIMED_OUT) {
            throw new NoVerdictException(
                    "the tests were ended after " + truth.getTimeoutS()
                            + " s, the limit of time: raise grading.timeout_s if they need longer",
                    result.output(),
                    true);
        }
        String files = sandbox.run(new Command(RewardFiles.PRINT, A_MOMENT)).output();
        return RewardFiles.parse(files, result.output());
    }

    private static String lastLine(String output) {
        String stripped = output.strip();
        return stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
    }

    /**
     * The verdict of a hidden check on a submission.
     *
     * @param resolved whether it passes
     * @param reward the check's own score
     * @param result the result of the check's command
     */
    record Verdict(boolean resolved, double reward, CommandResult result) {

        /** The verdict of a check that only passes or fails. */
        static Verdict of(boolean resolved, CommandResult result) {
            return new Verdict(resolved, resolved ? 1 : 0, result);
        }
    }

    /**
     * Pytest's short test summary, as {@code -rA} prints it: a line for each test, its result first.
     *
     * @param passed number of tests that passed, or that failed as expected
     * @param others number of all other tests: failed, errors, skipped, or passed unexpectedly
     */
    record PytestSummary(int passed, int others) {

        private static final Pattern HEADER = Pattern.compile("(?m)^=+ short test summary info =+\\s*$");
        private static final Pattern LINE =
                Pattern.compile("(?m)^(PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) +(?:\\[(\\d{1,9})\\] )?\\S.*$");
        private static final Pattern COLOR = Pattern.compile("\u001b\\[[0-9;]*m");
        private static final Set<String> GOOD = Set.of("PASSED", "XFAIL");

        /**
         * Reads the summary.
         *
         * @param output what the tests printed
         * @throws NoVerdictException when there is no summary, or it names no test
         */
        static PytestSummary parse(String output) throws NoVerdictException {
            String plain = COLOR.matcher(output).replaceAll("");
            Matcher header = HEADER.matcher(plain);
            if (!header.find()) {
                throw new NoVerdictException(
                        "the tests printed no short test summary of pytest (pytest -rA does)", output);
            }
            int passed = 0;
            int others = 0;
            Matcher line = LINE.matcher(plain).region(header.end(), plain.length());
            while (line.find()) {
                if (GOOD.contains(line.group(1))) {
                    passed++;
                } else {
                    int more = line.group(2) == null ? 1 : Integer.parseInt(line.group(2));
                    others = (int) Math.min(Integer.MAX_VALUE, (long) others + more);
                }
            }
            if (passed == 0 && others == 0) {
                throw new NoVerdictException("pytest's short test summary names no test (pytest -rA does)", output);
            }
            return new PytestSummary(passed, others);
        }

        boolean allPassed() {
            return others == 0;
        }
    }
}
