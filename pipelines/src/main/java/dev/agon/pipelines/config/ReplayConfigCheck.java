package dev.agon.pipelines.config;

import static dev.agon.pipelines.config.ConfigRules.atLeast;
import static dev.agon.pipelines.config.ConfigRules.notOneOf;
import static dev.agon.pipelines.config.ConfigRules.required;

import dev.agon.corpus.CorpusConfig;
import dev.agon.trajectory.TrajectoryFormats;
import java.util.ArrayList;
import java.util.List;

/** Holds a configuration to what a replay needs and turns it into a {@link ReplayExperiment}; its model is `repair` where it names none. */
public final class ReplayConfigCheck {

    private ReplayConfigCheck() {}

    public static ReplayExperiment check(RunConfig config) throws ConfigException {
        RunConfigCheck.named(config);
        RolesCheck roles = new RolesCheck(config, System::getenv);
        required("replay", config.replay());
        required("replay.path", config.replay().path());
        List<String> formats = new ArrayList<>(new TrajectoryFormats().names());
        formats.add(0, TrajectoryFormats.AUTO);
        if (!formats.contains(config.replay().format())) {
            throw notOneOf("replay.format", config.replay().format(), formats);
        }
        ReplayExperiment replay = new ReplayExperiment(
                config.name(),
                config.seed(),
                new CorpusConfig(
                        config.replay().format(),
                        config.replay().path(),
                        config.replay().outcomes()),
                atLeast(1, "scaling.context_size", config.scaling().contextSize()),
                atLeast(2, "scaling.group_size", config.scaling().groupSize()),
                roles.summarizer(),
                roles.judge(),
                BudgetCheck.of(config),
                atLeast(1, "concurrency.model_calls", config.concurrency().modelCalls()));
        BudgetCheck.refuseUnknownPrices(replay.budget(), replay.models());
        return replay;
    }
}
