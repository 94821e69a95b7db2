package dev.agon.pipelines;

import dev.agon.agent.AgentConfigException;
import dev.agon.agent.AgentFile;
import dev.agon.agent.AgentOverrides;
import dev.agon.model.ModelConfig;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.prompts.TemplateException;
import dev.agon.refine.ContextMode;
import dev.agon.rollout.RolloutConfig;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.SandboxLimits;
import dev.agon.summarize.Representation;
import dev.agon.summarize.SummarizerConfig;
import dev.agon.tasks.NearestName;
import dev.agon.tasks.TaskReader;
import dev.agon.tasks.TasksConfig;
import dev.agon.tournament.JudgeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Holds a configuration to what is valid and turns it into an {@link Experiment}, once, before anything runs. Every mistake is a
 * {@link ConfigException} that names the key, what it says and what it may say.
 */
final class RunConfigCheck {

    private static final double DEFAULT_TEMPERATURE = 1.0;
    private static final int DEFAULT_MAX_TOKENS = 4_096;
    private static final List<String> PROVIDERS = List.of("repair");

    private final RunConfig config;

    private RunConfigCheck(RunConfig config) {
        this.config = config;
    }

    static Experiment check(RunConfig config) throws ConfigException {
        return new RunConfigCheck(config).experiment();
    }

    private Experiment experiment() throws ConfigException {
        required("name", config.name());
        if (!config.name().matches("[A-Za-z0-9._-]+")) {
            throw new ConfigException(
                    "`name` is `" + config.name() + "`: it names files, so use letters, digits, `.`, `_` and `-`");
        }
        RunConfig.Scaling scaling = config.scaling();
        RunConfig.Role none = new RunConfig.Role(null, null, null, null, null, null);
        RunConfig.Role agent = or(config.roles().agent(), none);
        RunConfig.Role summarizer = or(config.roles().summarizer(), none);
        RunConfig.Role judge = or(config.roles().judge(), none);
        return new Experiment(
                config.name(),
                config.seed(),
                tasks(),
                rollouts(agent),
                atLeast(1, "scaling.rollouts", scaling.rollouts()),
                atLeast(1, "scaling.iterations", scaling.iterations()),
                ContextMode.of(scaling.context())
                        .orElseThrow(() -> notOneOf(
                                "scaling.context", scaling.context(), List.of("none", "single", "random", "select"))),
                atLeast(1, "scaling.context_size", scaling.contextSize()),
                atLeast(2, "scaling.group_size", scaling.groupSize()),
                new SummarizerConfig(
                        Representation.of(scaling.representation())
                                .orElseThrow(() -> notOneOf(
                                        "scaling.representation",
                                        scaling.representation(),
                                        List.of("summary", "trace"))),
                        model("summarizer", summarizer),
                        prompt("summarizer", summarizer)),
                new JudgeConfig(
                        judgeModel(judge, scaling),
                        prompt("judge", judge),
                        atLeast(1, "scaling.votes", scaling.votes())),
                atLeast(1, "concurrency.model_calls", config.concurrency().modelCalls()));
    }

    private TasksConfig tasks() throws ConfigException {
        required("tasks", config.tasks());
        RunConfig.Tasks tasks = config.tasks();
        required("tasks.format", tasks.format());
        required("tasks.path", tasks.path());
        if (!TaskReader.formats().contains(tasks.format())) {
            throw notOneOf("tasks.format", tasks.format(), TaskReader.formats());
        }
        if (tasks.limit() != null) {
            atLeast(1, "tasks.limit", tasks.limit());
        }
        return new TasksConfig(tasks.format(), tasks.path(), List.copyOf(tasks.ids()), tasks.limit());
    }

    private RolloutConfig rollouts(RunConfig.Role role) throws ConfigException {
        RunConfig.Agent agent = config.agent();
        RunConfig.Grading grading = config.grading();
        if (grading.timeoutS() != null) {
            atLeast(1, "grading.timeout_s", grading.timeoutS());
        }
        try {
            return new RolloutConfig(
                    checked(agent.config() == null ? AgentFile.shipped() : AgentFile.read(Path.of(agent.config()))),
                    overrides(),
                    prompt("agent", role),
                    model("agent", role),
                    sandbox(),
                    atLeast(1, "concurrency.rollouts", config.concurrency().rollouts()),
                    grading.timeoutS());
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

    private SandboxConfig sandbox() throws ConfigException {
        RunConfig.Sandbox sandbox = config.sandbox();
        SandboxConfig.Kind kind = switch (sandbox.kind()) {
            case "namespace" -> SandboxConfig.Kind.NAMESPACE;
            case "host" -> SandboxConfig.Kind.HOST;
            default -> throw notOneOf("sandbox.kind", sandbox.kind(), List.of("namespace", "host"));
        };
        SandboxConfig.Network network = switch (sandbox.network()) {
            case "none" -> SandboxConfig.Network.NONE;
            case "host" -> SandboxConfig.Network.HOST;
            default -> throw notOneOf("sandbox.network", sandbox.network(), List.of("none", "host"));
        };
        return new SandboxConfig(
                kind,
                network,
                new SandboxLimits(
                        atLeast(16, "sandbox.memory_mb", sandbox.memoryMb()),
                        atLeast(4, "sandbox.pids", sandbox.pids()),
                        atLeast(1, "sandbox.disk_mb", sandbox.diskMb()),
                        atLeast(1, "sandbox.output_kb", sandbox.outputKb()) * 1024,
                        atLeast(1, "sandbox.cpu_s", sandbox.cpuS()),
                        atLeast(1, "sandbox.submission_mb", sandbox.submissionMb())),
                Map.of());
    }

    private ModelConfig judgeModel(RunConfig.Role judge, RunConfig.Scaling scaling) throws ConfigException {
        ModelConfig model = model("judge", judge);
        if (model.temperature() == 0 && scaling.votes() > 1) {
            throw new ConfigException("the judge's temperature is 0 and scaling.votes is " + scaling.votes()
                    + ": all votes of one order would be the same sample. Set roles.judge.temperature above 0, or"
                    + " scaling.votes to 1");
        }
        return model;
    }

    private ModelConfig model(String name, RunConfig.Role role) throws ConfigException {
        required("model", config.model());
        RunConfig.Model model = role.model().or(config.model());
        String provider = required("model.provider", model.provider());
        if (!PROVIDERS.contains(provider)) {
            throw notOneOf("model.provider", provider, PROVIDERS);
        }
        double temperature = or(model.temperature(), DEFAULT_TEMPERATURE);
        if (!(temperature >= 0)) {
            throw new ConfigException(
                    "the temperature of the " + name + " is " + temperature + ": it must be 0 or more");
        }
        return new ModelConfig(
                provider,
                or(model.name(), provider),
                temperature,
                model.topP(),
                atLeast(1, "model.max_tokens", or(model.maxTokens(), DEFAULT_MAX_TOKENS)));
    }

    /** The text of a role's own prompt; compiled here, so that a mistake in it is found before anything runs. */
    private static String prompt(String name, RunConfig.Role role) throws ConfigException {
        if (role.prompt() == null) {
            return null;
        }
        try {
            return Template.compile(role.prompt(), Prompt.text(Path.of(role.prompt())))
                    .source();
        } catch (TemplateException e) {
            throw new ConfigException("`roles." + name + ".prompt`: " + e.getMessage(), e);
        }
    }

    private static <T> T required(String key, T value) throws ConfigException {
        if (value == null) {
            throw new ConfigException("`" + key + "` is missing");
        }
        return value;
    }

    private static int atLeast(int least, String key, int value) throws ConfigException {
        if (value < least) {
            throw new ConfigException("`" + key + "` is " + value + ": it must be " + least + " or more");
        }
        return value;
    }

    private static ConfigException notOneOf(String key, String value, List<String> valid) {
        return new ConfigException("`" + key + "` is `" + value + "`: did you mean `" + NearestName.of(value, valid)
                + "`? Valid: " + String.join(", ", valid));
    }

    private static <T> T or(T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
