package dev.agon.pipelines.engine;

import dev.agon.runtime.Shards;
import java.time.Duration;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/** Beam's own engine in this process: one worker. */
record DirectEngine(PipelineOptions options) implements Engine {

    static DirectEngine of(PipelineOptions options) {
        DirectOptions direct = options.as(DirectOptions.class);
        direct.setBlockOnRun(false);
        // Checks of the steps' own code, which the tests run with; they encode every element several times.
        direct.setEnforceImmutability(false);
        direct.setEnforceEncodability(false);
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
