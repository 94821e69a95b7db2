package dev.agon.pipelines.config;

import static dev.agon.pipelines.config.ConfigRules.atLeast;
import static dev.agon.pipelines.config.ConfigRules.notOneOf;
import static dev.agon.pipelines.config.ConfigRules.required;
import static dev.agon.pipelines.config.ConfigRules.within;

import dev.agon.agent.AgentConfigException;
import dev.agon.agent.AgentFile;
import dev.agon.agent.AgentOverrides;
import dev.agon.corpus.CorpusConfig;
import dev.agon.model.ModelConfig;
import dev.agon.pipelines.config.ModelCheck.Environment;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Prompts;
import dev.agon.prompts.TemplateException;
import dev.agon.refine.ContextMode;
import dev.agon.rollout.RolloutConfig;
import dev.agon.runtime.Budget;
import dev.agon.sandbox.Command;
import dev.agon.trajectory.TrajectoryFormats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks a configuration, once, before anything runs. Out: an {@link Experiment}, or a {@link ReplayExperiment}. Every mistake is a
 * {@link ConfigException} that names the key, its value and the values that are allowed.
 */
public final class RunConfigCheck {

    private final RunConfig config;
    private final Prompts prompts;
    private final RolesCheck roles;

    private RunConfigCheck(RunConfig config, Environment environment) throws ConfigException {
        this.config = config;
        this.prompts = PromptsCheck.of(config);
        this.roles = new RolesCheck(config, prompts, environment);
    }

    /** @param environment where keys are looked for */
    public static Experiment check(RunConfig config, Environment environment) throws ConfigException {
        return new RunConfigCheck(config, environment).experiment();
    }

    public static Experiment check(RunConfig config) throws ConfigException {
        return check(config, System::getenv);
    }

    private Experiment experiment() throws ConfigException {
        named(config);
        RunConfig.Scaling scaling = config.scaling();
        required("tasks", config.tasks());
        required("model", config.model());
        Experiment experiment = new Experiment(
                config.name(),
                config.seed(),
                TasksCheck.of(config),
                rollouts(),
                atLeast(1, "scaling.rollouts", scaling.rollouts()),
                atLeast(1, "scaling.iterations", scaling.iterations()),
                ContextMode.of(scaling.context())
                        .orElseThrow(() -> notOneOf(
                                "scaling.context", scaling.context(), List.of("none", "single", "random", "select"))),
                atLeast(1, "scaling.context_size", scaling.contextSize()),
                atLeast(2, "scaling.group_size", scaling.groupSize()),
                scaling.mergeEqual(),
                scaling.selectToOne(),
                roles.summarizer(),
                roles.judge(),
                budget(config),
                atLeast(1, "concurrency.model_calls", config.concurrency().modelCalls()));
        refuseUnknownPrices(experiment.budget(), experiment.models());
        boolean shared = experiment.context() == ContextMode.SELECT || experiment.context() == ContextMode.RANDOM;
        if (experiment.iterations() > 1 && shared && scaling.contextSize() > scaling.rollouts()) {
            throw new ConfigException("`scaling.context_size` is " + scaling.contextSize() + ", but a task has only "
                    + scaling.rollouts() + " rollouts (`scaling.rollouts`) to choose from: it must be "
                    + scaling.rollouts() + " or less");
        }
        if (experiment.iterations() > 1
                && experiment.context() != ContextMode.NONE
                && !prompts.get(Prompt.TASK).reads("context")) {
            throw new ConfigException("`prompts.task` never reads `context`, so that no rollout would be told of the"
                    + " iteration before: show it, or set scaling.context to none");
        }
        return experiment;
    }

    private RolloutConfig rollouts() throws ConfigException {
        RunConfig.Agent agent = config.agent();
        RunConfig.Grading grading = config.grading();
        int longest = (int) Command.LONGEST.toSeconds();
        if (grading.timeoutS() != null) {
            within(1, longest, "grading.timeout_s", grading.timeoutS());
        }
        if (agent.commandTimeoutS() != null && !(agent.commandTimeoutS() <= longest)) {
            throw new ConfigException(
                    "`agent.command_timeout_s` is " + agent.commandTimeoutS() + ": it must be " + longest + " or less");
        }
        try {
            return new RolloutConfig(
                    checked(agent.config() == null ? AgentFile.shipped() : AgentFile.read(Path.of(agent.config()))),
                    overrides(),
                    prompts,
                    roles.agents(),
                    SandboxCheck.of(config),
                    atLeast(1, "concurrency.rollouts", config.concurrency().rollouts()),
                    grading.timeoutS(),
                    SandboxCheck.grading(config));
        } catch (TemplateException | AgentConfigException e) {
            throw new ConfigException("`agent.config`: " + e.getMessage(), e);
        }
    }

    /** Compiles the agent's file once, so that a mistake in it is found before anything runs. */
    private AgentFile checked(AgentFile file) throws AgentConfigException {
        file.compile(overrides());
        return file;
    }

    private AgentOverrides overrides() {
        RunConfig.Agent agent = config.agent();
        return new AgentOverrides(
                agent.stepLimit(), agent.costLimit(), agent.commandTimeoutS(), agent.wallTimeLimitS());
    }

    /** What every command that runs something needs. */
    static void named(RunConfig config) throws ConfigException {
        required("name", config.name());
        if (!config.name().matches("[A-Za-z0-9._-]+")) {
            throw new ConfigException(
                    "`name` is `" + config.name() + "`: it names files, so use letters, digits, `.`, `_` and `-`");
        }
        atLeast(1, "concurrency.workers", config.concurrency().workers());
        if (config.model() != null
                && (config.model().prompt() != null || config.model().roulette() != null)) {
            throw new ConfigException(
                    "`model` has no prompt and no roulette of its own: they are those of a role, such as"
                            + " roles.agent.prompt and roles.agent.roulette");
        }
    }

    /** What a replay needs. Its models are of the provider {@code repair} where the configuration names none. */
    public static ReplayExperiment replay(RunConfig config) throws ConfigException {
        named(config);
        RolesCheck roles = new RolesCheck(config, PromptsCheck.of(config), System::getenv);
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
                config.scaling().mergeEqual(),
                config.scaling().selectToOne(),
                roles.summarizer(),
                roles.judge(),
                budget(config),
                atLeast(1, "concurrency.model_calls", config.concurrency().modelCalls()));
        refuseUnknownPrices(replay.budget(), replay.models());
        return replay;
    }

    private static Budget budget(RunConfig config) throws ConfigException {
        RunConfig.Budget budget = config.budget();
        if (budget.usd() != null && !(budget.usd() >= 0)) {
            throw new ConfigException("`budget.usd` is " + budget.usd() + ": it must be 0 or more");
        }
        if (budget.tokens() != null && budget.tokens() < 0) {
            throw new ConfigException("`budget.tokens` is " + budget.tokens() + ": it must be 0 or more");
        }
        return new Budget(budget.usd(), budget.tokens());
    }

    /** A model without a price would never reach a budget in USD. */
    private static void refuseUnknownPrices(Budget budget, Set<ModelConfig> models) throws ConfigException {
        if (budget.usd() == null) {
            return;
        }
        for (ModelConfig model : models) {
            if (model.endpoint() != null && model.price() == null) {
                throw new ConfigException(
                        "`budget.usd` cannot be held: no price is known for " + model.id()
                                + ". Set model.price (`reported` where the endpoint says what its answers cost), or name a table that has it with model.prices, or set budget.tokens");
            }
        }
    }
}
