package dev.agon.pipelines.command;

import dev.agon.agent.AgentFile;
import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Variable;
import dev.agon.tasks.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code agon prompts}: prints the shipped prompts with their variables, as a beginning of one's own. */
@Command(
        name = "prompts",
        description = "Prints the prompts of each role, what their variables hold, and the key that replaces each.",
        mixinStandardHelpOptions = true)
public final class PromptsCommand implements Callable<Integer> {

    private static final List<String> ROLES =
            Arrays.stream(Prompt.values()).map(Prompt::role).distinct().toList();
    private static final Map<Prompt, String> SHORT = Map.of(
            Prompt.TASK, "roles.agent.prompt",
            Prompt.SUMMARIZE, "roles.summarizer.prompt",
            Prompt.JUDGE, "roles.judge.prompt");

    @Parameters(paramLabel = "ROLE", arity = "0..1", description = "agent, summarizer or judge; default: all")
    private String role;

    @Override
    public Integer call() throws ConfigException {
        if (role != null && !ROLES.contains(role)) {
            throw new ConfigException("there is no role `" + role + "`: did you mean `" + NearestName.of(role, ROLES)
                    + "`? Roles: " + String.join(", ", ROLES));
        }
        if (role == null || role.equals("agent")) {
            head(
                    "agent.config",
                    "the agent: its system prompt, what it is shown of commands, its limits",
                    "agent.config");
            System.out.printf(
                    "%s%n%s%n", AgentFile.variables(), AgentFile.shipped().yaml());
        }
        for (Prompt prompt : Prompt.values()) {
            if (role == null || role.equals(prompt.role())) {
                String key = "prompts." + prompt.id();
                head(
                        prompt.id(),
                        prompt.purpose(),
                        SHORT.containsKey(prompt) ? key + ", or " + SHORT.get(prompt) : key);
                for (Variable variable : prompt.variables()) {
                    String must = variable.isNeeded() ? " (must be shown)" : "";
                    System.out.printf("# {{ %s }}: %s%s%n", variable.name(), variable.holds(), must);
                }
                System.out.printf("%n%s%n", Prompt.shipped(prompt).source());
            }
        }
        return Agon.DONE;
    }

    private static void head(String name, String purpose, String key) {
        System.out.printf("######## %s: %s%n# a file of yours in its place: %s%n", name, purpose, key);
    }
}
