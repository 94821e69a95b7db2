package dev.agon.model.repair;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Chooses what to try next: first what earlier attempts report as passing, then - drawn by weight, without repetition - single
 * edits of the untouched program or of the best one so far, leaving out those that earlier attempts report as tried in vain.
 */
final class Proposals {

    /** How often an edit is made on top of the best one so far rather than of the untouched program. */
    private static final double STACKING = 0.4;

    /** Weight of a reported change that is no single edit the policy knows. */
    private static final double UNKNOWN_CHANGE = 1;

    private final TaskPrompt prompt;
    private final RepairState state;
    private final WeightedChoice choice;
    private final Candidates candidates;
    private final List<AttemptReport> reports;
    private final Set<SourceTree> tried = new HashSet<>();

    Proposals(TaskPrompt prompt, RepairState state, WeightedChoice choice) {
        this.prompt = prompt;
        this.state = state;
        this.choice = choice;
        this.candidates = new Candidates(prompt, state.original());
        this.reports = prompt.attempts().stream().map(AttemptReport::of).toList();
        tried.add(state.original());
        state.trials().forEach(trial -> tried.add(trial.tree()));
    }

    /** The next change to try; empty when there is nothing left. */
    Optional<Proposal> next() {
        List<Proposal> passing = reported(report -> report.verified() || !state.informative());
        if (!passing.isEmpty()) {
            return Optional.of(choice.one(passing, this::trust));
        }
        List<Proposal> partial = reported(report -> report.untouched().isPresent()
                && report.submission().isPresent()
                && report.submission().get().betterThan(report.untouched().get()));
        if (!partial.isEmpty() && choice.chance(STACKING)) {
            return Optional.of(choice.one(partial, this::trust));
        }
        Optional<Trial> best = state.informative() ? state.best() : Optional.empty();
        if (best.isPresent() && choice.chance(STACKING)) {
            Optional<Proposal> stacked =
                    single(best.get().tree(), best.get().note().words(), Set.of());
            if (stacked.isPresent()) {
                return stacked;
            }
        }
        Set<String> failed = new HashSet<>();
        reports.forEach(report -> failed.addAll(report.failed()));
        return single(state.original(), "", failed);
    }

    private double trust(Proposal proposal) {
        return proposal.weight() * proposal.support();
    }

    /** Draws one single edit that is new. Which trees were tried is looked up for the drawn edit alone: that is much faster. */
    private Optional<Proposal> single(SourceTree base, String baseNote, Set<String> leaveOut) {
        List<Edit> edits = candidates.of(base);
        while (!edits.isEmpty()) {
            Edit edit = choice.one(edits, Edit::weight);
            EditNote note = EditNote.of(edit, base.files().get(edit.path()));
            SourceTree tree = base.with(edit);
            if (!leaveOut.contains(note.change()) && !tried.contains(tree)) {
                return Optional.of(new Proposal(tree, note, baseNote, edit.weight(), 0));
            }
            edits.remove(edit);
        }
        return Optional.empty();
    }

    private List<Proposal> reported(Predicate<AttemptReport> wanted) {
        Map<SourceTree, Integer> support = new LinkedHashMap<>();
        for (AttemptReport report : reports) {
            if (wanted.test(report)) {
                ReportedDiff.apply(report.diff(), state.original())
                        .filter(tree -> !tried.contains(tree))
                        .ifPresent(tree -> support.merge(tree, 1, Integer::sum));
            }
        }
        if (support.isEmpty()) {
            return List.of();
        }
        List<Edit> edits = candidates.of(state.original());
        List<Proposal> proposals = new ArrayList<>();
        support.forEach((tree, count) -> {
            Optional<Edit> known = edits.stream()
                    .filter(edit -> state.original().with(edit).equals(tree))
                    .findFirst();
            proposals.add(new Proposal(
                    tree,
                    known.map(edit -> EditNote.of(edit, state.original().files().get(edit.path())))
                            .orElseGet(() -> note(tree)),
                    "",
                    known.map(Edit::weight).orElse(UNKNOWN_CHANGE),
                    count));
        });
        return proposals;
    }

    private EditNote note(SourceTree tree) {
        for (Map.Entry<String, String> file : state.original().files().entrySet()) {
            String before = file.getValue();
            String after = tree.files().get(file.getKey());
            if (!before.equals(after)) {
                int start = 0;
                while (start < Math.min(before.length(), after.length())
                        && before.charAt(start) == after.charAt(start)) {
                    start++;
                }
                int same = 0;
                while (same < Math.min(before.length(), after.length()) - start
                        && before.charAt(before.length() - 1 - same) == after.charAt(after.length() - 1 - same)) {
                    same++;
                }
                Edit edit = new Edit(
                        EditKind.REPORTED,
                        file.getKey(),
                        start,
                        before.length() - same,
                        after.substring(start, after.length() - same),
                        UNKNOWN_CHANGE);
                return EditNote.of(edit, before);
            }
        }
        throw new IllegalArgumentException("expected a tree that differs from the untouched program");
    }

    int attempts() {
        return prompt.attempts().size();
    }
}
