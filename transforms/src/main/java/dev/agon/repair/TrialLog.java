package dev.agon.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trials of a recorded rollout of {@link RepairAgent}, read from its thoughts and observations. The record may have gaps.
 *
 * @param untouched result of the visible check before any change
 * @param entries the trials, in order
 * @param kept the trial whose change is in the submission
 * @param support {@code [reported by, of]} earlier attempts, where the thought of the kept trial has it
 */
record TrialLog(
        Optional<CheckResult> untouched, List<Entry> entries, Optional<Entry> kept, Optional<List<Integer>> support) {

    private static final Pattern TRIAL = Pattern.compile("Trial (\\d{1,6}): ");
    private static final Pattern LEFT = Pattern.compile("Leave what came furthest, trial (\\d{1,6})");
    private static final Pattern SUPPORT =
            Pattern.compile("The change was reported by (\\d{1,6}) of (\\d{1,6}) earlier");
    private static final String UNTOUCHED = "Run the visible check on the untouched program";
    private static final String TAKEN_BACK = "Take the last one back";

    /**
     * One trial.
     *
     * @param number its number, from 1
     * @param step the step that tried it
     * @param notes the edit, then the edits below it
     * @param thought the thought
     * @param result result of the check
     */
    record Entry(int number, int step, List<EditNote> notes, String thought, CheckResult result) {

        boolean stacked() {
            return notes.size() > 1;
        }

        String words() {
            return notes.get(0).words()
                    + (stacked()
                            ? ", " + RepairState.STACKED + " " + notes.get(1).words()
                            : "");
        }
    }

    static TrialLog of(List<Turn> turns) {
        Optional<CheckResult> untouched = Optional.empty();
        List<Entry> entries = new ArrayList<>();
        Optional<Entry> kept = Optional.empty();
        for (Turn turn : turns) {
            String thought = turn.thought();
            Matcher trial = TRIAL.matcher(thought);
            Matcher left = LEFT.matcher(thought);
            if (thought.startsWith(UNTOUCHED) && turn.observation().isPresent()) {
                untouched = turn.observation().map(CheckResult::of);
            } else if (trial.lookingAt()
                    && turn.observation().isPresent()
                    && !EditNote.allIn(thought).isEmpty()) {
                Entry entry = new Entry(
                        Integer.parseInt(trial.group(1)),
                        turn.number(),
                        EditNote.allIn(thought),
                        thought,
                        CheckResult.of(turn.observation().get()));
                entries.add(entry);
                kept = Optional.of(entry);
            } else if (left.find()) {
                int number = Integer.parseInt(left.group(1));
                kept = entries.stream()
                        .filter(entry -> entry.number() == number)
                        .findFirst();
            } else if (thought.contains(TAKEN_BACK)) {
                kept = Optional.empty();
            }
        }
        return new TrialLog(untouched, entries, kept, kept.flatMap(TrialLog::supportOf));
    }

    private static Optional<List<Integer>> supportOf(Entry entry) {
        Matcher support = SUPPORT.matcher(entry.thought());
        return support.find()
                ? Optional.of(List.of(Integer.valueOf(support.group(1)), Integer.valueOf(support.group(2))))
                : Optional.empty();
    }
}
