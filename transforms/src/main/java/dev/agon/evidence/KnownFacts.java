package dev.agon.evidence;

import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Facts;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import java.util.List;

/**
 * What the harness itself knows of an attempt: how it ended, what it cost, what its visible check returned. Text of the attempt, its
 * messages and what its programs printed, decides none of it. What it did in its sandbox does: a check that it edited returns what it wants.
 * The rules are ours.
 */
public final class KnownFacts {

    private static final int CHARACTERS_PER_TOKEN = 4;

    private KnownFacts() {}

    /** @param visibleCheck the command that an agent may check its work with; null when there is none, or it is not known */
    public static Facts of(Rollout rollout, String visibleCheck) {
        List<CommandRun> checks = visibleCheck == null || visibleCheck.isBlank()
                ? List.of()
                : rollout.getSteps().stream()
                        .flatMap(step -> step.getCommands().stream())
                        .filter(run -> endsWith(run.getCommand().strip(), visibleCheck.strip()))
                        .toList();
        boolean alone = !checks.isEmpty() && checks.get(0).getCommand().strip().equals(visibleCheck.strip());
        return Facts.newBuilder()
                .setSubmitted(rollout.getOutcome().equals("submitted"))
                .setChanged(!rollout.getSubmission().isEmpty())
                .setSteps(rollout.getSteps().size())
                .setOutputTokens(outputTokens(rollout))
                .setCheckBefore(alone ? passed(checks.get(0)) : null)
                .setCheckAfter(checks.isEmpty() ? null : passed(checks.get(checks.size() - 1)))
                .build();
    }

    /** Whether the check is the last of the commands, and not an argument of one. */
    private static boolean endsWith(String commands, String check) {
        int at = commands.length() - check.length();
        while (at > 0 && " \t".indexOf(commands.charAt(at - 1)) >= 0) {
            at--;
        }
        return commands.endsWith(check) && (at == 0 || "\n;&".indexOf(commands.charAt(at - 1)) >= 0);
    }

    private static boolean passed(CommandRun check) {
        return check.getEnded().equals("exited") && check.getReturnCode() != null && check.getReturnCode() == 0;
    }

    static long outputTokens(Rollout rollout) {
        return Math.max(
                1,
                rollout.getOutputTokens() > 0
                        ? rollout.getOutputTokens()
                        : rollout.getSteps().stream()
                                        .mapToLong(KnownFacts::characters)
                                        .sum()
                                / CHARACTERS_PER_TOKEN);
    }

    private static long characters(Step step) {
        return step.getMessage().length()
                + step.getCommands().stream()
                        .mapToLong(run -> run.getCommand().length())
                        .sum()
                + step.getToolCalls().stream()
                        .mapToLong(call -> call.getArguments().length())
                        .sum();
    }
}
