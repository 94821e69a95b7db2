package dev.agon.journal;

import dev.agon.schemas.Failure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a run has done so far, counted by each worker for itself and left in the journal's store, so that whoever watches the run
 * adds the workers up, on every engine. It is for people to watch: the tables have the exact figures.
 */
public final class Progress {

    /** What is counted. */
    public enum Counter {
        ROLLOUTS,
        ROLLOUTS_FROM_JOURNAL,
        STEPS,
        SUMMARIES,
        /** Those that could be read. */
        VOTES,
        INVALID_VOTES,
        MODEL_CALLS,
        /** Calls that wait for an answer now. */
        IN_FLIGHT,
        /** Calls that endpoints bear in flight now; what was configured where no endpoint is known. */
        IN_FLIGHT_LIMIT,
        /** Calls that failed for a time and were tried again. */
        RETRIES,
        TOKENS,
        COST_NANO_USD,
        FAILURES
    }

    private final Map<Counter, LongAdder> counters = new EnumMap<>(Counter.class);

    public Progress() {
        for (Counter counter : Counter.values()) {
            counters.put(counter, new LongAdder());
        }
    }

    public void add(Counter counter, long amount) {
        counters.get(counter).add(amount);
    }

    /** Counts what failed. What the run's stop kept from being done did not fail. */
    public void failed(List<Failure> failures) {
        add(
                Counter.FAILURES,
                failures.stream()
                        .filter(failure -> !failure.getKind().equals("stopped"))
                        .count());
    }

    public long get(Counter counter) {
        return counters.get(counter).sum();
    }

    /** All counts that are not 0. */
    public Map<Counter, Long> counts() {
        Map<Counter, Long> counts = new EnumMap<>(Counter.class);
        counters.forEach((counter, count) -> {
            if (count.sum() != 0) {
                counts.put(counter, count.sum());
            }
        });
        return counts;
    }
}
