package dev.agon.pipelines.engine;

import dev.agon.runtime.Shards;
import java.time.Duration;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What the launcher must know of the engine that a pipeline runs on. {@link Engines} finds the one that the command line asks for.
 */
public interface Engine {

    /** The options to make the pipeline with. */
    PipelineOptions options();

    /** Shares that waiting work is dealt into: one for each place where the engine works at once. */
    Shards shards();

    /** Files that each table is written to. */
    int tableFiles();

    /** Whether workers are on machines of their own, which see no disk of this one and make sandboxes that it need not. */
    boolean isElsewhere();

    /** How often to look how far the pipeline is. */
    Duration look();
}
