package dev.agon.pipelines.run;

import dev.agon.corpus.BadCorpusException;
import dev.agon.corpus.CorpusListing;
import dev.agon.corpus.CorpusOutcomes;
import dev.agon.pipelines.ReplayPipeline;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.config.ReplayExperiment;
import dev.agon.pipelines.config.RunConfig;
import dev.agon.pipelines.config.RunConfigCheck;
import dev.agon.runtime.RunScope;
import java.io.PrintStream;
import org.apache.beam.sdk.Pipeline;

/** The replay of a corpus: no agents, no sandboxes. */
public record ReplayJob(ReplayExperiment experiment, CorpusListing listing, CorpusOutcomes outcomes) implements Job {

    public static ReplayJob of(RunConfig config) throws ConfigException {
        ReplayExperiment experiment = RunConfigCheck.replay(config);
        try {
            return new ReplayJob(
                    experiment,
                    CorpusListing.of(experiment.corpus().path()),
                    CorpusOutcomes.read(experiment.corpus().outcomes()));
        } catch (BadCorpusException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    @Override
    public long rollouts() {
        return listing.files().size();
    }

    @Override
    public String describe() {
        String leftOut = listing.leftOut().isEmpty()
                ? ""
                : " (" + listing.leftOut().size() + " others are no trajectories by their names, such as "
                        + listing.leftOut().get(0) + ")";
        return "replay of " + listing.files().size() + " files" + leftOut;
    }

    @Override
    public void checkMachine(boolean here, PrintStream terminal) {}

    @Override
    public void build(Pipeline pipeline, RunScope scope, Handover handover) {
        new ReplayPipeline(experiment, listing, outcomes, scope, handover.tables()).build(pipeline);
    }
}
