package dev.agon.pipelines.engine;

import dev.agon.runtime.Shards;
import java.time.Duration;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Beam's own engine in this process: one worker. It has one thread of its own, since the work that takes time has others
 * ({@link dev.agon.concurrency.MapConcurrently}): a second thread, while the first waits for that work, would look without a pause
 * whether there is something to do, and use up a processor.
 */
record DirectEngine(PipelineOptions options) implements Engine {

    /** @param given options of the command line; how many threads is the user's to say */
    static DirectEngine of(PipelineOptions options, List<String> given) {
        DirectOptions direct = options.as(DirectOptions.class);
        direct.setBlockOnRun(false);
        // Checks of the steps' own code, which the tests run with; they encode every element several times.
        direct.setEnforceImmutability(false);
        direct.setEnforceEncodability(false);
        if (given.stream().noneMatch(option -> option.startsWith("--targetParallelism="))) {
            direct.setTargetParallelism(1);
        }
        return new DirectEngine(options);
    }

    @Override
    public Shards shards() {
        return Shards.of(options.as(DirectOptions.class).getTargetParallelism());
    }

    /** More are slow in one process. */
    @Override
    public int tableFiles() {
        return 1;
    }

    @Override
    public boolean isElsewhere() {
        return false;
    }

    @Override
    public Duration look() {
        return Duration.ofSeconds(1);
    }
}
