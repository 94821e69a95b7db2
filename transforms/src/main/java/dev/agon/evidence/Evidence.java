package dev.agon.evidence;

import dev.agon.schemas.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The evidence in the record of one rollout, for judges and later rollouts. The paper (arXiv 2604.16529) has only the summaries of models; these
 * lines are Agon's own.
 *
 * <p>In: a rollout. Its submission, its grade and other rollouts are not used. Out: a line for each finding, of a fixed form, at most
 * {@value #MOST_CHARACTERS} characters together. Words of the rollout in them, names of files and messages of errors, are in quotes. It never
 * fails.
 */
public final class Evidence {

    /** Most characters of all lines. */
    public static final int MOST_CHARACTERS = 2_400;

    private static final int MOST_FILES = 8;

    private Evidence() {}

    public static String of(Rollout rollout) {
        List<Action> actions = Action.of(rollout);
        FileWrites writes = FileWrites.of(actions);
        Ending ending = Ending.of(rollout, actions);
        List<CheckRun> checks = CheckRun.in(actions);
        List<String> lines = new ArrayList<>();
        lines.add("- Ended: " + (ending.submitted() ? "submitted" : "stopped before it submitted") + ", "
                + rollout.getSteps().size() + " steps, " + KnownFacts.outputTokens(rollout) + " output tokens"
                + (rollout.getOutputTokens() > 0 ? "" : " (estimated)"));
        lines.add("- Checks run: " + checks(checks, writes.lastStep()));
        lines.add("- Files written: " + files(writes));
        lines.add("- Commands: " + actions.size() + ", of which "
                + actions.stream().filter(Action::failed).count() + " failed, "
                + actions.stream().filter(Action::cutOff).count() + " of them by a time limit" + repeated(actions));
        lines.add("- Last words: " + (ending.claimsSuccess() ? "claim success" : "claim no success")
                + (ending.admitsFailure() ? ", admit a failure or a doubt" : "") + "; " + supported(ending, checks));
        return String.join("\n", lines);
    }

    private static String checks(List<CheckRun> checks, int lastWrite) {
        if (checks.isEmpty()) {
            return "none that is recognised";
        }
        CheckRun last = checks.get(checks.size() - 1);
        return checks.size() + ", of which "
                + checks.stream().filter(CheckRun::green).count() + " green; the last: " + last.words()
                + (last.step() < lastWrite ? ", before the last change" : "");
    }

    private static String files(FileWrites writes) {
        if (writes.files().isEmpty()) {
            return "none that is recognised";
        }
        int more = writes.files().size() - MOST_FILES;
        return writes.files().entrySet().stream()
                        .skip(Math.max(0, more))
                        .map(file -> quoted(file.getKey())
                                + (file.getValue().times() > 1
                                        ? " (" + file.getValue().times() + " times)"
                                        : ""))
                        .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more before" : "") + "; the last change at step " + writes.lastStep();
    }

    private static String quoted(String words) {
        return '"' + TerminalText.line(words, 80).replace('"', '\'') + '"';
    }

    private static String repeated(List<Action> actions) {
        return RepeatedError.in(actions).map(error -> "; " + error.words()).orElse("");
    }

    private static String supported(Ending ending, List<CheckRun> checks) {
        if (!ending.claimsSuccess()) {
            return "no claim to support";
        }
        if (checks.isEmpty()) {
            return "no recognised check supports that";
        }
        return checks.get(checks.size() - 1).green()
                ? "the last check supports that"
                : "the last check speaks against that";
    }
}
