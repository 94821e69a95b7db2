package dev.agon.repair;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Chooses the next change to try. A change that earlier attempts report as passing is tried first when it is likely and reported
 * often. The less likely it is, the more often another edit is tried before. Other edits are drawn by weight, each once, on the
 * untouched program or on the best tree so far. Edits that earlier attempts report as failed are left out.
 */
final class Proposals {

    /** Chance that an edit is made on the best tree so far and not on the untouched program. */
    private static final double STACKING = 0.4;

    /** At this trust the chances are equal: the reported pass is tried now, or another edit is tried first. */
    private static final double DOUBT = 2;

    /** Weight of a reported change that is no known single edit. */
    private static final double UNKNOWN_CHANGE = 1;

    private final TaskPrompt prompt;
    private final RepairState state;
    private final WeightedChoice choice;
    private final Candidates candidates;
    private final List<AttemptReport> reports;
    private final Set<SourceTree> tried = new HashSet<>();

    Proposals(TaskPrompt prompt, RepairState state, Candidates candidates, WeightedChoice choice) {
        this.prompt = prompt;
        this.state = state;
        this.choice = choice;
        this.candidates = candidates;
        this.reports = prompt.attempts().stream().map(AttemptReport::of).toList();
        tried.add(state.original());
        state.trials().forEach(trial -> tried.add(trial.tree()));
    }

    /** The next change to try. Empty when nothing is left, or when the trial that passes is likelier than every report. */
    Optional<Proposal> next(int trialsLeft) {
        List<Proposal> passing = reported(report -> report.verified() || !state.informative());
        double trust = passing.stream().mapToDouble(this::trust).max().orElse(0);
        Optional<RepairState.Trial> passed = state.passed();
        if (passed.isPresent() && (trust <= likelihood(passed.get()) || !state.informative())) {
            return Optional.empty();
        }
        boolean explore = passed.isEmpty()
                && trialsLeft > passing.size()
                && state.informative()
                && choice.chance(DOUBT / (DOUBT + trust));
        if (!passing.isEmpty() && !explore) {
            return Optional.of(choice.one(passing, this::trust));
        }
        List<Proposal> partial = reported(report -> report.untouched().isPresent()
                && report.submission().isPresent()
                && report.submission().get().betterThan(report.untouched().get()));
        if (!partial.isEmpty() && choice.chance(STACKING)) {
            return Optional.of(choice.one(partial, this::trust));
        }
        Optional<RepairState.Trial> best = state.informative() ? state.best() : Optional.empty();
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

    private static double likelihood(RepairState.Trial trial) {
        return trial.note().editKind().map(EditKind::weight).orElse(UNKNOWN_CHANGE);
    }

    private double trust(Proposal proposal) {
        return proposal.weight() * proposal.support();
    }

    /** Draws a single edit that is new. Only the drawn edit is compared with the trees that were tried, which is much faster. */
    private Optional<Proposal> single(SourceTree base, String baseNote, Set<String> leaveOut) {
        List<Edit> edits = new ArrayList<>(candidates.of(base));
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
                state.original()
                        .after(report.diff())
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

    /**
     * One change to try next.
     *
     * @param tree the files with the change
     * @param note which edit
     * @param base the edit below it; empty on the untouched program
     * @param weight how likely it is, relative to the others
     * @param support number of earlier attempts that report the same change
     */
    record Proposal(SourceTree tree, EditNote note, String base, double weight, int support) {}
}
