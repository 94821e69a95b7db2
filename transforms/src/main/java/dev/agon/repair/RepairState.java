package dev.agon.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of a conversation, computed from its commands and observations alone. Nothing is remembered between calls.
 */
final class RepairState {

    /** Words in the thought of a trial whose edit is made on top of another. */
    static final String STACKED = "on top of";

    private Optional<SortedMap<String, Integer>> listed = Optional.empty();
    private int reads;
    private SourceTree original = new SourceTree(new TreeMap<>());
    private SourceTree current = original;
    private Optional<CheckResult> untouched = Optional.empty();
    private final List<Trial> trials = new ArrayList<>();

    private RepairState() {}

    static RepairState of(List<Turn> turns) {
        RepairState state = new RepairState();
        for (Turn turn : turns) {
            if (turn.command().isPresent() && turn.observation().isPresent()) {
                state.add(turn, turn.command().get(), turn.observation().get());
            }
        }
        return state;
    }

    private void add(Turn turn, String command, Observation observation) {
        Optional<List<String>> read = Exploration.pathsOf(command);
        List<FilePatch> patches = FilePatch.allIn(command);
        Optional<EditNote> note = EditNote.firstIn(turn.thought());
        if (command.equals(Exploration.LIST)) {
            listed = Optional.of(Exploration.listed(observation.output()));
        } else if (read.isPresent()) {
            reads++;
            SortedMap<String, String> files = new TreeMap<>(original.files());
            files.putAll(Exploration.texts(read.get(), observation.output()));
            original = new SourceTree(files);
            current = original;
        } else if (!patches.isEmpty()) {
            Optional<SourceTree> patched = current.after(patches);
            if (patched.isEmpty() || observation.returnCode().orElse(0) == 97) {
                return;
            }
            current = patched.get();
            note.ifPresent(edit -> trials.add(new Trial(
                    turn.number(), edit, turn.thought().contains(STACKED), current, CheckResult.of(observation))));
        } else if (untouched.isEmpty()) {
            untouched = Optional.of(CheckResult.of(observation));
        }
    }

    /** The best trial, if one is better than the untouched program; the first of equals. */
    Optional<Trial> best() {
        Optional<Trial> best = Optional.empty();
        for (Trial trial : trials) {
            CheckResult bar = best.map(Trial::result).orElse(untouched.orElse(trial.result()));
            if (trial.result().betterThan(bar)) {
                best = Optional.of(trial);
            }
        }
        return best;
    }

    /** The last trial that passes. A pass ends the search, unless a report is trusted more. */
    Optional<Trial> passed() {
        return trials.stream().filter(trial -> trial.result().passed()).reduce((first, second) -> second);
    }

    /** Whether the visible check can tell a repair from the fault. */
    boolean informative() {
        return untouched.map(result -> !result.passed()).orElse(false);
    }

    Optional<SortedMap<String, Integer>> listed() {
        return listed;
    }

    int reads() {
        return reads;
    }

    SourceTree original() {
        return original;
    }

    SourceTree current() {
        return current;
    }

    Optional<CheckResult> untouched() {
        return untouched;
    }

    List<Trial> trials() {
        return trials;
    }

    /**
     * One edit that was tried.
     *
     * @param step number of its turn
     * @param note which edit, in a line of text
     * @param stacked whether it was made on top of an earlier edit
     * @param tree the files with the edit
     * @param result result of the visible check
     */
    record Trial(int step, EditNote note, boolean stacked, SourceTree tree, CheckResult result) {}
}
