package dev.agon.pipelines.command;

import dev.agon.pipelines.output.StoredTable;
import dev.agon.pipelines.report.TextTable;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Grade;
import dev.agon.schemas.Match;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Selection;
import dev.agon.schemas.Summary;
import dev.agon.schemas.TableName;
import dev.agon.schemas.Vote;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the tables of a run say of one task or of one rollout, besides its steps: grades, summaries, brackets, contexts, failures.
 *
 * @param run the folder of the run
 */
record ResultText(Path run, PrintStream out) {

    /** What became of one rollout. A table that is not there says nothing. */
    void ofRollout(String rolloutId) throws IOException {
        for (Grade grade : rows(TableName.GRADES, Grade.class)) {
            if (grade.getRolloutId().equals(rolloutId)) {
                RolloutText.title(out, "Grade");
                out.printf(
                        "%s, reward %s%s%n",
                        grade.getResolved() ? "resolved" : "not resolved",
                        grade.getReward(),
                        grade.getReason() == null ? "" : ", " + grade.getReason());
                text(grade.getOutput());
            }
        }
        for (Summary summary : rows(TableName.SUMMARIES, Summary.class)) {
            if (summary.getRolloutId().equals(rolloutId)) {
                RolloutText.title(out, "Summary, as judges read it");
                text(summary.getText());
            }
        }
        matches(rows(TableName.MATCHES, Match.class).stream()
                .filter(match -> match.getCandidates().contains(rolloutId))
                .toList());
        for (RefinementContext context : rows(TableName.CONTEXTS, RefinementContext.class)) {
            if (context.getRolloutIds().contains(rolloutId)) {
                RolloutText.title(out, "Told to iteration " + context.getIteration());
                text("in the context " + context.getContextId());
            }
        }
        failures(rolloutId);
    }

    /** The rollouts of a task, how each ended, and the brackets. Out: whether the run has the task. */
    boolean ofTask(String taskId) throws IOException {
        Map<String, Grade> grades = new HashMap<>();
        rows(TableName.GRADES, Grade.class).forEach(grade -> grades.put(grade.getRolloutId(), grade));
        Map<String, String> ranks = new TreeMap<>();
        for (Selection selection : rows(TableName.SELECTIONS, Selection.class)) {
            ranks.merge(
                    selection.getRolloutId(),
                    selection.getStage() + " " + selection.getRank(),
                    (first, second) -> first + ", " + second);
        }
        List<List<String>> lines = new ArrayList<>();
        StoredTable.of(run, TableName.ROLLOUTS, Rollout.class).forEach(rollout -> {
            if (rollout.getTaskId().equals(taskId)) {
                Grade grade = grades.get(rollout.getRolloutId());
                lines.add(List.of(
                        rollout.getRolloutId(),
                        rollout.getOutcome(),
                        Integer.toString(rollout.getStepCount()),
                        grade == null ? "not graded" : grade.getResolved() ? "resolved" : "not resolved",
                        ranks.getOrDefault(rollout.getRolloutId(), "-")));
            }
        });
        if (lines.isEmpty()) {
            return false;
        }
        lines.sort(Comparator.comparing(line -> place(line.get(0))));
        lines.add(0, List.of("rollout", "outcome", "steps", "grade", "selected (stage, rank)"));
        TextTable.print(lines, Set.of(0, 1, 3, 4), out);
        matches(rows(TableName.MATCHES, Match.class).stream()
                .filter(match -> match.getTaskId().equals(taskId))
                .sorted(Comparator.comparing(Match::getIteration)
                        .thenComparing(Match::getStage, Comparator.reverseOrder())
                        .thenComparing(Match::getRound)
                        .thenComparing(Match::getGroup))
                .toList());
        failures(taskId + "/");
        return true;
    }

    private static Integer place(String rolloutId) {
        String[] parts = rolloutId.split("/");
        return Integer.parseInt(parts[parts.length - 2]) * 1_000_000 + Integer.parseInt(parts[parts.length - 1]);
    }

    private void matches(List<Match> matches) throws IOException {
        if (matches.isEmpty()) {
            return;
        }
        RolloutText.title(out, "Matches");
        Set<String> ids = matches.stream().map(Match::getMatchId).collect(Collectors.toSet());
        Map<String, List<String>> votes = new HashMap<>();
        for (Vote vote : rows(TableName.VOTES, Vote.class)) {
            if (ids.contains(vote.getMatchId()) && !vote.getPurpose().equals("attack")) {
                votes.computeIfAbsent(vote.getMatchId(), id -> new ArrayList<>())
                        .add(vote.getChoice() == null ? "unreadable" : vote.getChoice());
            }
        }
        for (Match match : matches) {
            out.printf(
                    "%s of iteration %d, round %d, group %d: %s won by %s%n",
                    match.getStage(),
                    match.getIteration(),
                    match.getRound(),
                    match.getGroup(),
                    match.getWinner(),
                    match.getDecidedBy());
            out.println("  votes: "
                    + IntStream.range(0, match.getCandidates().size())
                            .mapToObj(index -> match.getCandidates().get(index) + " "
                                    + match.getTally().get(index))
                            .collect(Collectors.joining(", ")));
            if (votes.containsKey(match.getMatchId())) {
                out.println("  cast: " + String.join(", ", votes.get(match.getMatchId())));
            }
        }
    }

    /** @param beginning of the ids of the elements that failed */
    private void failures(String beginning) throws IOException {
        for (Failure failure : rows(TableName.FAILURES, Failure.class)) {
            if (failure.getElementId().startsWith(beginning)) {
                RolloutText.title(
                        out,
                        "Failure of " + failure.getElementId() + " (" + failure.getStep() + ", " + failure.getKind()
                                + ")");
                text(failure.getMessage());
                text(failure.getDetail());
            }
        }
    }

    private void text(String text) {
        if (text != null && !text.isBlank()) {
            out.println(RolloutText.visible(text.strip()));
        }
    }

    private <T extends SpecificRecord> List<T> rows(TableName table, Class<T> type) throws IOException {
        List<T> rows = new ArrayList<>();
        StoredTable.of(run, table, type).forEach(rows::add);
        return rows;
    }
}
