package dev.agon.agent;

import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that a rollout has used: of an interrupted attempt what its steps say, of this one what the clock says. Time in which it
 * could only wait for a model does not count, so that an outage does not use up the time of the rollouts that it meets.
 */
final class Stopwatch {

    private final InstantSource clock;
    private Instant since;
    private Duration before = Duration.ZERO;

    Stopwatch(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /** Takes over a step of an interrupted attempt; the time it took to rebuild it does not count. */
    void takeOver(Step step) {
        long commands =
                step.getCommands().stream().mapToLong(CommandRun::getDurationMs).sum();
        before = before.plusMillis(step.getModelMs() + commands);
        since = clock.instant();
    }

    /** Takes out time that has just passed and was not the rollout's own. */
    void exclude(Duration time) {
        since = since.plus(time);
    }

    Duration elapsed() {
        return before.plus(Duration.between(since, clock.instant()));
    }
}
