package dev.agon.agent;

import dev.agon.schemas.Step;

/** Told of every step once its commands have run and its observation is known: for journals, progress and followers. */
@FunctionalInterface
public interface StepListener {

    /** Does nothing. */
    StepListener NONE = step -> {};

    void stepped(Step step);
}
