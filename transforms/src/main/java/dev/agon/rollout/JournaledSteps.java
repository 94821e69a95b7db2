package dev.agon.rollout;

import dev.agon.agent.StepLog;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.model.Account;
import dev.agon.model.Usage;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of one rollout in progress, each two entries of the journal: {@link JournalKey#answer} once the model has answered,
 * and {@link JournalKey#step} once its commands have run. (Writing one entry twice would be slower: file
 * systems bring replaced files to the disk at once.) They are there until the rollout is finished, and then in its own entry.
 */
final class JournaledSteps implements StepLog {

    private final Journal journal;
    private final JournalKey rollout;
    private final List<RecordedStep> earlier;
    private final Progress progress;
    private final Runnable beforeFirst;
    private final List<Step> steps = new ArrayList<>();
    private final Set<Integer> bought = new HashSet<>();
    private boolean atEnd;

    /**
     * @param rollout key of the finished rollout
     * @param earlier steps that a finished rollout has, which ended at a limit that is set otherwise now
     * @param beforeFirst done before the first answer that is bought is kept
     */
    JournaledSteps(
            Journal journal, JournalKey rollout, List<RecordedStep> earlier, Progress progress, Runnable beforeFirst) {
        this.journal = journal;
        this.rollout = rollout;
        this.earlier = earlier;
        this.progress = progress;
        this.beforeFirst = beforeFirst;
    }

    @Override
    public Optional<RecordedStep> find(int number) {
        Optional<RecordedStep> found = Optional.empty();
        if (number <= earlier.size()) {
            found = Optional.of(earlier.get(number - 1));
        } else if (!atEnd) {
            found = recorded(number);
            atEnd = found.isEmpty(); // steps have no gaps: those that follow need not be looked for
            if (atEnd) {
                removeFrom(number + 1);
            }
        }
        found.ifPresent(step -> keep(step.getStep()));
        return found;
    }

    @Override
    public void put(RecordedStep step) {
        int number = step.getStep().getNumber();
        if (number == 1 && !step.getObserved()) {
            beforeFirst.run();
        }
        journal.put(step.getObserved() ? rollout.step(number) : rollout.answer(number), step);
        keep(step.getStep());
        if (step.getObserved()) {
            progress.add(Counter.STEPS, 1);
        } else {
            bought.add(number);
        }
    }

    private void keep(Step step) {
        if (step.getNumber() <= steps.size()) {
            steps.set(step.getNumber() - 1, step);
        } else {
            steps.add(step);
        }
    }

    private Optional<RecordedStep> recorded(int number) {
        return journal.find(rollout.step(number), RecordedStep.class)
                .or(() -> journal.find(rollout.answer(number), RecordedStep.class));
    }

    /** Steps after one that was damaged belong to a conversation that will not be had again. */
    private void removeFrom(int number) {
        for (int at = number; recorded(at).isPresent(); at++) {
            journal.remove(rollout.answer(at));
            journal.remove(rollout.step(at));
        }
    }

    /**
     * Keeps the steps that an earlier attempt had beyond the end of this one, which ended at a lower limit: its entry is about to be
     * replaced by one that does not hold them, and a higher limit goes on from them.
     */
    void keepThoseBeyond(int stepCount) {
        for (RecordedStep step : earlier.subList(Math.min(stepCount, earlier.size()), earlier.size())) {
            journal.put(rollout.answer(step.getStep().getNumber()), step);
            journal.put(rollout.step(step.getStep().getNumber()), step);
        }
    }

    /** Removes the steps, which the finished rollout's entry holds now. */
    void finished() {
        for (int number = 1; number <= steps.size(); number++) {
            journal.remove(rollout.answer(number));
            journal.remove(rollout.step(number));
        }
    }

    /** What a rollout that has come this far has consumed. */
    Account account() {
        Account account = new Account();
        steps.forEach(step -> account.add(Usage.of(step), bought.contains(step.getNumber())));
        return account;
    }
}
