package dev.agon.pipelines.config;

import dev.agon.model.ModelConfig;
import dev.agon.runtime.Budget;
import dev.agon.summarize.Representation;
import dev.agon.summarize.SummarizerConfig;
import dev.agon.tournament.JudgeConfig;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What a job buys, and how much of it. */
public interface Purchases {

    /** What the whole run may buy. */
    Budget budget();

    /** Most model calls in flight in one worker. */
    int modelCalls();

    SummarizerConfig summarizer();

    JudgeConfig judge();

    /** The text of every prompt, by its name, for {@code run.json}. */
    default Map<String, String> prompts() {
        return judge().prompts().texts();
    }

    /** The models that have a role: at least summariser, unless the judge reads traces, and judge. */
    default Set<ModelConfig> models() {
        Set<ModelConfig> models = new LinkedHashSet<>();
        if (summarizer().representation() == Representation.SUMMARY) {
            models.add(summarizer().model());
        }
        models.add(judge().model());
        return models;
    }
}
