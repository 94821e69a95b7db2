package dev.agon.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.agon.prompts.Template;
import dev.agon.prompts.TemplateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Reads mini-swe-agent's YAML: {@code agent}, {@code model} and {@code environment}, in today's form and in that of its first
 * version. Keys that only mini-swe-agent itself uses are left alone; {@code environment.cwd} gives way to the task's working
 * folder.
 */
final class AgentYaml {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern TOOL_CALLS = Pattern.compile("tool ?calls?", Pattern.CASE_INSENSITIVE);
    private static final String FENCE = "```mswea_bash_command";
    private static final String OLD_FENCE = "```bash";

    private final String name;
    private final JsonNode root;

    AgentYaml(String name, String yaml) {
        this.name = name;
        try {
            this.root = YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new AgentConfigException(
                    name + ", line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ": not readable as YAML: "
                            + e.getOriginalMessage(),
                    e);
        }
        if (!root.isObject()) {
            throw new AgentConfigException(name + ": expected a mapping with the keys agent, model and environment");
        }
    }

    AgentConfig compile(AgentOverrides overrides) {
        Template system = template("agent.system_template");
        Template instance = template("agent.instance_template");
        Template observation = template(
                "model.observation_template", "model.action_observation_template", "agent.action_observation_template");
        Template formatError = template("model.format_error_template", "agent.format_error_template");
        AgentLimits limits = new AgentLimits(
                wholeNumber("agent.step_limit", 0, overrides.stepLimit()),
                number("agent.cost_limit", 3, overrides.costLimit()),
                seconds("agent.wall_time_limit_seconds", 0, overrides.wallTimeLimitS()),
                wholeNumber("agent.max_consecutive_format_errors", 3, null),
                seconds("environment.timeout", 30, overrides.commandTimeoutS()));
        if (limits.command().isZero()) {
            throw bad("environment.timeout", "a number of seconds above 0", "0");
        }
        AgentConfig config = new AgentConfig(
                system,
                instance,
                observation,
                formatError,
                protocol(List.of(system, instance, formatError)),
                limits,
                environment());
        try {
            AgentPrompts.check(config);
        } catch (TemplateException e) {
            throw new AgentConfigException(e.getMessage(), e);
        }
        return config;
    }

    private Template template(String... keys) {
        JsonNode source = Stream.of(keys)
                .map(this::at)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new AgentConfigException(name + ": " + keys[0] + " is missing; add the template"));
        String key =
                Stream.of(keys).filter(each -> at(each).isPresent()).findFirst().orElseThrow();
        if (!source.isTextual()) {
            throw bad(key, "a Jinja2 template as text", source.toString());
        }
        try {
            return Template.compile(name + ", " + key, source.textValue());
        } catch (TemplateException e) {
            throw new AgentConfigException(e.getMessage(), e);
        }
    }

    /**
     * How commands stand in answers: the file's own regular expression, or the fence that its prompts show, or else calls of the
     * tool {@code bash}, as in mini-swe-agent's default configuration.
     */
    private AgentProtocol protocol(List<Template> prompts) {
        Optional<JsonNode> own = at("model.action_regex").or(() -> at("agent.action_regex"));
        if (own.isPresent()) {
            return new TextProtocol(regex(own.get().asText()));
        }
        String shown = String.join("\n", prompts.stream().map(Template::source).toList());
        if (shown.contains(FENCE)) {
            return new TextProtocol(fence(FENCE));
        }
        boolean text = at("model.model_class").map(JsonNode::asText).orElse("").contains("text");
        if (!TOOL_CALLS.matcher(shown).find() && shown.contains(OLD_FENCE) || text) {
            return new TextProtocol(fence(OLD_FENCE));
        }
        return new ToolCallProtocol();
    }

    private static Pattern fence(String opening) {
        return Pattern.compile(Pattern.quote(opening) + "\\s*\\n(.*?)\\n```", Pattern.DOTALL);
    }

    private Pattern regex(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
            if (pattern.matcher("").groupCount() > 1) {
                throw bad("model.action_regex", "a regular expression with at most one group", regex);
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new AgentConfigException(
                    name + ": model.action_regex is no regular expression: " + e.getDescription() + " at position "
                            + e.getIndex() + " of " + regex,
                    e);
        }
    }

    private SortedMap<String, String> environment() {
        SortedMap<String, String> variables = new TreeMap<>();
        at("environment.env").ifPresent(env -> {
            if (!env.isObject()) {
                throw bad("environment.env", "a mapping of names to values", env.toString());
            }
            env.fields().forEachRemaining(entry -> {
                if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                    throw bad(
                            "environment.env." + entry.getKey(),
                            "a text",
                            entry.getValue().toString());
                }
                variables.put(entry.getKey(), entry.getValue().asText());
            });
        });
        return variables;
    }

    private Duration seconds(String key, double absent, Double override) {
        return Duration.ofMillis(Math.round(number(key, absent, override) * 1000));
    }

    private int wholeNumber(String key, int absent, Integer override) {
        double value = number(key, absent, override == null ? null : override.doubleValue());
        if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
            throw bad(key, "a whole number", Double.toString(value));
        }
        return (int) value;
    }

    private double number(String key, double absent, Double override) {
        if (override != null) {
            return override;
        }
        return at(key).map(value -> {
                    if (!value.isNumber() || value.doubleValue() < 0) {
                        throw bad(key, "a number, 0 or above", value.toString());
                    }
                    return value.doubleValue();
                })
                .orElse(absent);
    }

    private Optional<JsonNode> at(String key) {
        JsonNode value = root.at("/" + key.replace('.', '/'));
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    private AgentConfigException bad(String key, String expected, String found) {
        return new AgentConfigException(name + ": " + key + ": expected " + expected + ", found " + found);
    }
}
