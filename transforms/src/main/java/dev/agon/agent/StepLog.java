package dev.agon.agent;

import dev.agon.schemas.RecordedStep;
import java.util.Optional;

/**
 * The steps of one rollout as they are kept while it is in progress: told of each one twice, when the model has answered and when
 * its commands have run, each time before anything goes on from there.
 */
public interface StepLog {

    /** Keeps nothing. */
    StepLog NONE = new StepLog() {
        @Override
        public Optional<RecordedStep> find(int number) {
            return Optional.empty();
        }

        @Override
        public void put(RecordedStep step) {}
    };

    /** The step of that number, if an earlier attempt at this rollout came that far. Asked in order, from 1. */
    Optional<RecordedStep> find(int number);

    /** Keeps a step, over what it kept of it before. */
    void put(RecordedStep step);
}
