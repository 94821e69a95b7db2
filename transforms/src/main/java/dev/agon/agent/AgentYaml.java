package dev.agon.agent;

import dev.agon.fields.Field;
import dev.agon.prompts.Template;
import dev.agon.prompts.TemplateException;
import java.io.StringReader;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads mini-swe-agent's YAML: {@code agent}, {@code model} and {@code environment}, in today's form and in that of its first
 * version. Keys that only mini-swe-agent itself uses are left alone; {@code environment.cwd} gives way to the task's working
 * folder.
 */
final class AgentYaml {

    private static final Pattern TOOL_CALLS = Pattern.compile("tool ?calls?", Pattern.CASE_INSENSITIVE);
    /** Numbers of YAML 1.2 that are text in 1.1. */
    private static final Pattern TYPED_ELSEWHERE = Pattern.compile("^(?:[-+]?\\d++[eE][-+]?\\d++|0o[0-7]++)$");

    private static final String FENCE = "```mswea_bash_command";
    private static final String OLD_FENCE = "```bash";

    private final String name;
    private final Field<AgentConfigException> root;

    AgentYaml(String name, String yaml) {
        this.name = name;
        this.root = Field.readYaml(yaml, Field.Problems.in(name, AgentConfigException::new))
                .presentObject("a mapping with the keys agent, model and environment");
        refuseTyped(root.at("environment.env"), yaml);
    }

    /** Refuses variables without quotes that a reader of YAML takes for a number, a time, true or false, such as 3.10, 010, yes and 1e3. */
    private static void refuseTyped(Field<AgentConfigException> variables, String yaml) {
        Optional<Node> values = variables.isAbsent()
                ? Optional.empty()
                : value(new Yaml().compose(new StringReader(yaml)), "environment")
                        .flatMap(node -> value(node, "env"));
        for (Iterator<String> names = variables.node().fieldNames(); names.hasNext(); ) {
            String name = names.next();
            value(values.orElseThrow(), name)
                    .filter(ScalarNode.class::isInstance)
                    .map(ScalarNode.class::cast)
                    .filter(scalar -> scalar.isPlain()
                            && (!Set.of(Tag.STR, Tag.NULL).contains(scalar.getTag())
                                    || TYPED_ELSEWHERE
                                            .matcher(scalar.getValue())
                                            .matches()))
                    .ifPresent(scalar -> {
                        throw variables
                                .get(name)
                                .problem("is " + scalar.getValue()
                                        + " without quotes, which is no text to every reader of"
                                        + " YAML, expected text, in quotes: \"" + scalar.getValue() + '"');
                    });
        }
    }

    private static Optional<Node> value(Node mapping, String key) {
        return mapping instanceof MappingNode map
                ? map.getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                                && name.getValue().equals(key))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
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
                duration(number("agent.wall_time_limit_seconds", 0, overrides.wallTimeLimitS())),
                wholeNumber("agent.max_consecutive_format_errors", 3, null),
                duration(number("environment.timeout", 30, overrides.commandTimeoutS())));
        if (limits.command().isZero()) {
            throw root.at("environment.timeout").problem("is 0, expected a number of seconds above 0");
        }
        AgentConfig config = new AgentConfig(
                system,
                instance,
                observation,
                formatError,
                protocol(List.of(system, instance, formatError)),
                limits,
                new TreeMap<>(root.at("environment.env").textByName()));
        try {
            AgentPrompts.check(config);
        } catch (TemplateException e) {
            throw new AgentConfigException(e.getMessage(), e);
        }
        return config;
    }

    private Template template(String... keys) {
        var source = first(keys);
        try {
            return Template.compile(name + ", " + source.path(), source.presentText("a Jinja2 template as text"));
        } catch (TemplateException e) {
            throw new AgentConfigException(e.getMessage(), e);
        }
    }

    /** The first of these fields that is there, or else the first. */
    private Field<AgentConfigException> first(String... keys) {
        return Stream.of(keys)
                .map(root::at)
                .filter(field -> !field.isAbsent())
                .findFirst()
                .orElse(root.at(keys[0]));
    }

    /**
     * How commands stand in answers: the file's own regular expression, or the fence that its prompts show, or else calls of the
     * tool {@code bash}, as in mini-swe-agent's default configuration.
     */
    private AgentProtocol protocol(List<Template> prompts) {
        var own = first("model.action_regex", "agent.action_regex");
        if (!own.isAbsent()) {
            return new TextProtocol(regex(own));
        }
        String shown = String.join("\n", prompts.stream().map(Template::source).toList());
        if (shown.contains(FENCE)) {
            return new TextProtocol(fence(FENCE));
        }
        boolean text = root.at("model.model_class").textOr("").contains("text");
        if (!TOOL_CALLS.matcher(shown).find() && shown.contains(OLD_FENCE) || text) {
            return new TextProtocol(fence(OLD_FENCE));
        }
        return new ToolCallProtocol();
    }

    private static Pattern fence(String opening) {
        return Pattern.compile(Pattern.quote(opening) + "\\s*\\n(.*?)\\n```", Pattern.DOTALL);
    }

    private static Pattern regex(Field<AgentConfigException> regex) {
        try {
            Pattern pattern = Pattern.compile(regex.presentText("text"), Pattern.DOTALL);
            if (pattern.matcher("").groupCount() > 1) {
                throw regex.wrong("a regular expression with at most one group");
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw regex.problem("is no regular expression: " + e.getDescription() + " at position " + e.getIndex()
                    + " of " + e.getPattern());
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private int wholeNumber(String key, int absent, Integer override) {
        return override != null
                ? override
                : (int) root.at(key)
                        .number(
                                value -> value == Math.rint(value) && value >= 0 && value <= Integer.MAX_VALUE,
                                "a whole number, 0 or above")
                        .orElse(absent);
    }

    private double number(String key, double absent, Double override) {
        return override != null
                ? override
                : root.at(key)
                        .number(value -> value >= 0, "a number, 0 or above")
                        .orElse(absent);
    }
}
