package dev.agon.agent;

import dev.agon.prompts.Prompt;
import dev.agon.prompts.TemplateException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * An agent's configuration as text, ready to travel to workers: mini-swe-agent's YAML.
 *
 * @param name what error messages call it: the file
 * @param yaml its text
 */
public record AgentFile(String name, String yaml) implements Serializable {

    private static final String SHIPPED = "agent.yaml";

    /** The configuration that Agon ships. */
    public static AgentFile shipped() {
        return new AgentFile(SHIPPED, Prompt.resource(SHIPPED));
    }

    /** What the variables of its templates hold, a line or two for each. */
    public static String variables() {
        return AgentPrompts.VARIABLES;
    }

    /** A user's configuration; fails with an {@link AgentConfigException} when it cannot be read. */
    public static AgentFile read(Path file) {
        try {
            return new AgentFile(file.toString(), Prompt.text(file));
        } catch (TemplateException e) {
            throw new AgentConfigException("agent.config: " + e.getMessage(), e);
        }
    }

    /** Compiles and checks the configuration; fails with an {@link AgentConfigException}. */
    public AgentConfig compile(AgentOverrides overrides) {
        return new AgentYaml(name, yaml).compile(overrides);
    }
}
