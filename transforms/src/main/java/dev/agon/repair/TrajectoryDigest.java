package dev.agon.repair;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parts of a summary, taken from a trajectory. It understands trajectories of {@link RepairAgent} whole. From those of other agents
 * it takes the thoughts, the commands, and what these printed about passing and failing.
 *
 * @param hypotheses what was believed, the strongest first
 * @param actions what was done
 * @param evidence results of checks
 * @param progress how far it came
 * @param failureModes what failed
 * @param openQuestions what is unknown
 * @param outcome {@code solved}, {@code partial}, {@code unsolved} or {@code unknown}
 */
record TrajectoryDigest(
        List<String> hypotheses,
        List<String> actions,
        List<String> evidence,
        String progress,
        List<String> failureModes,
        List<String> openQuestions,
        String outcome) {

    private static final int MOST_ITEMS = 6;
    private static final int LONGEST = 200;

    private static final Pattern CLAIM = Pattern.compile(
            "\\b(?:success\\w*|completed?|verified|solved|resolved|fixed|all (?:\\w+ )?(?:tests|checks) pass\\w*)\\b",
            Pattern.CASE_INSENSITIVE);

    static TrajectoryDigest of(String trace) {
        List<Turn> turns = Turn.ofTrace(trace);
        TrialLog log = TrialLog.of(turns);
        return log.untouched().isPresent() || !log.entries().isEmpty() ? ofTrials(log) : ofOthers(turns);
    }

    /** All parts as text, one item on each line. */
    String text() {
        List<String> lines = new ArrayList<>(hypotheses);
        lines.addAll(evidence);
        lines.addAll(failureModes);
        lines.add("Outcome according to the attempt: " + outcome);
        return String.join("\n", lines);
    }

    private static TrajectoryDigest ofTrials(TrialLog log) {
        List<String> evidence = new ArrayList<>();
        List<String> open = new ArrayList<>();
        log.untouched().ifPresent(result -> evidence.add(AttemptReport.UNTOUCHED + result.words()));
        boolean informative = log.untouched().map(result -> !result.passed()).orElse(false);
        Optional<CheckResult> submission =
                log.kept().map(TrialLog.Entry::result).or(log::untouched);
        if (log.untouched().isPresent()) {
            submission.ifPresent(result -> evidence.add(AttemptReport.SUBMISSION
                    + result.words()
                    + log.kept().map(entry -> ", step " + entry.step()).orElse(", nothing changed")));
        }
        log.support()
                .ifPresent(
                        support -> evidence.add(String.format(AttemptReport.SUPPORT, support.get(0), support.get(1))));
        boolean passed = submission.map(CheckResult::passed).orElse(false);
        if (!informative) {
            open.add("The visible check does not tell the repair from the fault; the change is a guess by likelihood");
        } else if (passed) {
            open.add("Whether the change holds beyond the visible check");
        } else {
            open.add("No edit that passes the visible check is known");
        }
        List<String> failures = new ArrayList<>();
        for (TrialLog.Entry entry : log.entries()) {
            if (!entry.result().passed() && !log.kept().equals(Optional.of(entry))) {
                failures.add(AttemptReport.IN_VAIN + entry.words() + changed(entry.result(), log));
            }
        }
        String progress = submission
                .map(result -> "The visible check " + result.words() + " after "
                        + log.entries().size() + " trials")
                .orElse("No check was run");
        String outcome =
                !informative ? "unknown" : passed ? "solved" : log.kept().isPresent() ? "partial" : "unsolved";
        return new TrajectoryDigest(
                log.kept().map(entry -> AttemptReport.KEPT + entry.words()).stream()
                        .toList(),
                List.of("Tried " + log.entries().size() + " edits, each with a run of the visible check"),
                evidence,
                progress,
                failures,
                open,
                outcome);
    }

    /** The result of a trial in words; nothing when it is that of the untouched program, since words are limited. */
    private static String changed(CheckResult result, TrialLog log) {
        return log.untouched().equals(Optional.of(result)) ? "" : ", " + result.words();
    }

    private static TrajectoryDigest ofOthers(List<Turn> turns) {
        Set<String> hypotheses = new LinkedHashSet<>();
        List<String> actions = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (int i = turns.size() - 1; i >= 0; i--) {
            Turn turn = turns.get(i);
            String command = turn.command()
                    .map(text -> text.lines().findFirst().orElse(""))
                    .orElse("");
            if (!turn.thought().isEmpty() && hypotheses.size() < MOST_ITEMS / 2) {
                hypotheses.add(cut(turn.thought().lines().findFirst().orElse("")));
            }
            if (!command.isEmpty() && actions.size() < MOST_ITEMS) {
                actions.add(0, "Step " + turn.number() + ": " + cut(command));
            }
            if (turn.observation().isPresent()) {
                CheckResult result = CheckResult.of(turn.observation().get());
                if (result.total().orElse(0) > 0 && evidence.size() < MOST_ITEMS) {
                    evidence.add("Step " + turn.number() + ", " + cut(command) + ": " + result.words());
                } else if (turn.observation().get().returnCode().orElse(0) != 0 && failures.size() < MOST_ITEMS) {
                    failures.add("Step " + turn.number() + ", " + cut(command) + ": return code "
                            + turn.observation().get().returnCode().getAsInt());
                }
            }
        }
        String progress = evidence.isEmpty() ? "No test results in the record" : evidence.get(0);
        boolean claimed = !turns.isEmpty()
                && CLAIM.matcher(turns.get(turns.size() - 1).thought()).find();
        return new TrajectoryDigest(
                List.copyOf(hypotheses),
                actions,
                evidence,
                progress,
                failures,
                List.of(),
                claimed ? "solved" : "unknown");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
