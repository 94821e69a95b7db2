package dev.agon.pipelines.run;

import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.config.Purchases;
import dev.agon.runtime.RunScope;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.beam.sdk.Pipeline;

/** What a {@link Run} runs: an experiment with agents, or the replay of a corpus. */
public interface Job {

    Purchases experiment();

    /** Rollouts that there will be, for who watches. */
    long rollouts();

    /** What is run, in a few words. */
    String describe();

    /**
     * Checks what this machine must have for it, before anything is begun.
     *
     * @param here whether the workers are on this machine
     */
    void checkMachine(boolean here, PrintStream terminal) throws ConfigException, InterruptedException;

    /** Adds the steps to a pipeline. */
    void build(Pipeline pipeline, RunScope scope, Handover handover) throws IOException;
}
