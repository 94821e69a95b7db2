package dev.agon.pipelines.config;

import static dev.agon.pipelines.config.ConfigRules.atLeast;
import static dev.agon.pipelines.config.ConfigRules.notOneOf;

import dev.agon.model.ModelConfig;
import dev.agon.model.price.ModelPrice;
import dev.agon.model.price.PriceException;
import dev.agon.pipelines.config.ModelCheck.Environment;
import dev.agon.prompts.Prompts;
import dev.agon.summarize.Representation;
import dev.agon.summarize.SummarizerConfig;
import dev.agon.tournament.JudgeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Checks the models of the roles of a configuration, and what summariser and judge are to do. */
final class RolesCheck {

    /** A summariser's prompt without the trajectory, and some room for that. */
    private static final int LEAST_PROMPT_TOKENS = 2_048;
    /** With an answer of the default length, a window of 32,768. */
    private static final int USUAL_PROMPT_TOKENS = 28_672;
    /** Vendors ask a higher price for longer prompts, and models overlook more of them. */
    private static final int LONG_WINDOW = 200_000;

    private final RunConfig config;
    private final Prompts prompts;
    private final Environment environment;

    /** @param environment where keys are looked for */
    RolesCheck(RunConfig config, Prompts prompts, Environment environment) {
        this.config = config;
        this.prompts = prompts;
        this.environment = environment;
    }

    SummarizerConfig summarizer() throws ConfigException {
        ModelSection summarizer = withoutRoulette(role(config.roles().summarizer()));
        ModelConfig model = model("summarizer", summarizer);
        String representation = config.scaling().representation();
        return new SummarizerConfig(
                Representation.of(representation)
                        .orElseThrow(
                                () -> notOneOf("scaling.representation", representation, List.of("summary", "trace"))),
                model,
                prompts,
                window(summarizer, model),
                appendsChange(),
                config.scaling().evidence());
    }

    JudgeConfig judge() throws ConfigException {
        ModelSection judge =
                withoutRoulette(role(withoutWindow("judge", config.roles().judge())));
        return new JudgeConfig(
                judgeModel(judge, config.scaling()),
                prompts,
                atLeast(1, "scaling.votes", config.scaling().votes()),
                config.scaling().attackJudge());
    }

    /** The models of the agent: one, or those of its roulette. */
    List<ModelConfig> agents() throws ConfigException {
        return acting(agent());
    }

    private boolean appendsChange() throws ConfigException {
        String change = config.scaling().change();
        return switch (change) {
            case "append" -> true;
            case "none" -> false;
            default -> throw notOneOf("scaling.change", change, List.of("append", "none"));
        };
    }

    private ModelSection agent() throws ConfigException {
        return role(withoutWindow("agent", config.roles().agent()));
    }

    private ModelSection role(ModelSection own) {
        ModelSection model = config.model() == null ? ModelSection.ofProvider("repair") : config.model();
        return own == null ? model : own.or(model);
    }

    private static ModelSection withoutWindow(String role, ModelSection own) throws ConfigException {
        if (own != null && own.windowTokens() != null) {
            throw new ConfigException(
                    "`roles." + role + ".window_tokens` has no effect: only the summariser has a window,"
                            + " roles.summarizer.window_tokens");
        }
        return own;
    }

    private static ModelSection withoutRoulette(ModelSection role) throws ConfigException {
        if (role.roulette() != null) {
            throw new ConfigException("only the agent has a roulette: roles.agent.roulette");
        }
        return role;
    }

    private List<ModelConfig> acting(ModelSection agent) throws ConfigException {
        if (agent.roulette() == null) {
            return List.of(model("agent", agent));
        }
        if (agent.roulette().isEmpty()) {
            throw new ConfigException("`roles.agent.roulette` is empty: list the models, or leave it out");
        }
        List<ModelConfig> models = new ArrayList<>();
        for (ModelSection each : agent.roulette()) {
            if (each.prompt() != null || each.roulette() != null) {
                throw new ConfigException("`roles.agent.roulette` lists models: they have no prompt and no roulette");
            }
            models.add(model("agent.roulette", each.or(agent)));
        }
        return models;
    }

    private ModelConfig judgeModel(ModelSection judge, RunConfig.Scaling scaling) throws ConfigException {
        ModelConfig model = model("judge", judge);
        if (model.temperature() == 0 && scaling.votes() > 1) {
            throw new ConfigException("the judge's temperature is 0 and scaling.votes is " + scaling.votes()
                    + ": all votes of one order would be the same sample. Set roles.judge.temperature above 0, or"
                    + " scaling.votes to 1");
        }
        return model;
    }

    private ModelConfig model(String role, ModelSection section) throws ConfigException {
        return new ModelCheck("roles." + role, section, config.concurrency(), environment).config();
    }

    /** What a summariser can read and answer in one call: as the section says, or as the table knows, or as most models can. */
    private static int window(ModelSection section, ModelConfig model) throws ConfigException {
        int least = model.maxTokens() + LEAST_PROMPT_TOKENS;
        if (section.windowTokens() != null) {
            return atLeast(least, "roles.summarizer.window_tokens", section.windowTokens());
        }
        if (model.name().equals("repair")) {
            return SummarizerConfig.NO_LIMIT;
        }
        try {
            OptionalLong known =
                    section.listed().map(ModelPrice::maxInputTokens).orElse(OptionalLong.empty());
            return known.isEmpty()
                    ? model.maxTokens() + USUAL_PROMPT_TOKENS
                    : (int) Math.max(least, Math.min(known.getAsLong(), LONG_WINDOW));
        } catch (PriceException e) {
            throw new ConfigException("`roles.summarizer`: " + e.getMessage(), e);
        }
    }
}
