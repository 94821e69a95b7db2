package dev.agon.pipelines.config;

import dev.agon.model.ModelConfig;
import dev.agon.runtime.Budget;
import java.util.Set;

/** What a job buys, and how much of it. */
public interface Purchases {

    /** What the whole run may buy. */
    Budget budget();

    /** Most model calls in flight in one worker. */
    int modelCalls();

    /** The models that play some role. */
    Set<ModelConfig> models();
}
