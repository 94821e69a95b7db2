package dev.agon.evidence;

import dev.agon.schemas.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The evidence in the record of one rollout: lines for judges, and sketches to compare with other rollouts of the task. The paper
 * (arXiv 2604.16529) has only the summaries of models; these lines are Agon's own.
 *
 * <p>In: a rollout. Its submission, its grade and other rollouts are not used. Out: lines of a fixed form, at most
 * {@value #MOST_CHARACTERS} characters together, and two {@link Sketch}es. It never fails.
 *
 * @param text a heading and a line for each finding
 * @param written sketch of the text that the rollout wrote into files
 * @param shown sketch of its last outputs and its last words
 */
public record Evidence(String text, List<Integer> written, List<Integer> shown) {

    /** Most characters of the text, with the line of {@link Agreement}. */
    public static final int MOST_CHARACTERS = 2_400;

    /** First line of the text. In a summary, the text after its last occurrence is Agon's and not the rollout's. */
    public static final String HEADING = "Found in the record by the harness, not claimed by the attempt:";

    private static final int LAST_OUTPUTS = 3;
    private static final int MOST_CHARACTERS_OF_AN_OUTPUT = 3_000;
    private static final int MOST_FILES = 8;
    private static final int CHARACTERS_PER_TOKEN = 4;

    public static Evidence of(Rollout rollout) {
        List<Action> actions = Action.of(rollout);
        FileWrites writes = FileWrites.of(actions);
        Ending ending = Ending.of(rollout, actions);
        Set<String> statement = Sketch.words(rollout.getTaskPrompt());
        return new Evidence(
                text(rollout, actions, writes, ending),
                sketch(writes.text(), statement),
                sketch(lastOutputs(actions) + "\n" + ending.words(), statement));
    }

    /** A sketch without the words of the task, since all rollouts share those. */
    private static List<Integer> sketch(String text, Set<String> statement) {
        Set<String> words = Sketch.words(text);
        words.removeAll(statement);
        return Sketch.of(words);
    }

    private static String lastOutputs(List<Action> actions) {
        List<String> outputs = actions.stream()
                .map(Action::output)
                .filter(output -> !output.isBlank())
                .collect(Collectors.toList());
        return outputs.subList(Math.max(0, outputs.size() - LAST_OUTPUTS), outputs.size()).stream()
                .map(output -> TerminalText.end(output, MOST_CHARACTERS_OF_AN_OUTPUT))
                .collect(Collectors.joining("\n"));
    }

    private static String text(Rollout rollout, List<Action> actions, FileWrites writes, Ending ending) {
        List<CheckRun> checks = CheckRun.in(actions);
        List<String> lines = new ArrayList<>();
        lines.add(HEADING);
        lines.add("- Ended: " + (ending.submitted() ? "submitted" : "stopped before it submitted") + ", "
                + rollout.getSteps().size() + " steps, " + outputTokens(rollout));
        lines.add("- Checks run: " + checks(checks, writes.lastStep()));
        lines.add("- Files written: " + files(writes));
        lines.add("- Commands: " + actions.size() + ", of which "
                + actions.stream().filter(Action::failed).count() + " failed, "
                + actions.stream().filter(Action::cutOff).count() + " of them by a time limit" + repeated(actions));
        lines.add("- Last words: " + (ending.claimsSuccess() ? "claim success" : "claim no success")
                + (ending.admitsFailure() ? ", admit a failure or a doubt" : "") + "; " + supported(ending, checks));
        return String.join("\n", lines);
    }

    private static String outputTokens(Rollout rollout) {
        if (rollout.getOutputTokens() > 0) {
            return rollout.getOutputTokens() + " output tokens";
        }
        long characters = rollout.getSteps().stream()
                .mapToLong(step -> step.getMessage().length()
                        + step.getCommands().stream()
                                .mapToLong(run -> run.getCommand().length())
                                .sum()
                        + step.getToolCalls().stream()
                                .mapToLong(call -> call.getArguments().length())
                                .sum())
                .sum();
        return characters / CHARACTERS_PER_TOKEN + " output tokens (estimated)";
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
                        .map(file -> TerminalText.line(file.getKey(), 80)
                                + (file.getValue().times() > 1
                                        ? " (" + file.getValue().times() + " times)"
                                        : ""))
                        .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more before" : "") + "; the last change at step " + writes.lastStep();
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
