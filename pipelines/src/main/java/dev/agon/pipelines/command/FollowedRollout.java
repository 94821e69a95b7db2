package dev.agon.pipelines.command;

import dev.agon.rollout.JournaledRollout;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Rollout;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Prints a rollout as it comes into the journal: every answer, and every observation, once and as soon as it is there; at its end
 * what it came to.
 */
final class FollowedRollout {

    private final JournaledRollout rollout;
    private final PrintStream out;
    private int number = 1;
    private boolean answerShown;

    FollowedRollout(JournaledRollout rollout, PrintStream out) {
        this.rollout = rollout;
        this.out = out;
    }

    /** Prints what is new, and returns whether that was the end. */
    boolean look() {
        // First whether it is finished: what was there by then is printed below, and nothing comes after it.
        Optional<Rollout> finished = rollout.finished();
        for (Optional<RecordedStep> step = rollout.step(number); step.isPresent(); step = rollout.step(number)) {
            if (!answerShown) {
                RolloutText.answer(step.get().getStep(), out);
                answerShown = true;
            }
            if (!step.get().getObserved()) {
                break;
            }
            RolloutText.observation(step.get().getStep(), out);
            number++;
            answerShown = false;
        }
        finished.ifPresent(whole -> RolloutText.end(whole, out));
        return finished.isPresent();
    }
}
