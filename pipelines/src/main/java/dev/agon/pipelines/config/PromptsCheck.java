package dev.agon.pipelines.config;

import dev.agon.prompts.Prompt;
import dev.agon.prompts.Prompts;
import dev.agon.prompts.TemplateException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Reads and tries the prompts of a configuration, so that a mistake in one is found before anything runs. */
final class PromptsCheck {

    private Prompts prompts = Prompts.SHIPPED;
    private final Set<Prompt> taken = EnumSet.noneOf(Prompt.class);

    private PromptsCheck() {}

    static Prompts of(RunConfig config) throws ConfigException {
        PromptsCheck check = new PromptsCheck();
        for (Map.Entry<Prompt, String> own : config.prompts().entrySet()) {
            check.take("prompts." + own.getKey().id(), own.getKey(), own.getValue());
        }
        check.role("agent", config.roles().agent(), Prompt.TASK);
        check.role("summarizer", config.roles().summarizer(), Prompt.SUMMARIZE);
        check.role("judge", config.roles().judge(), Prompt.JUDGE);
        return check.prompts;
    }

    /** {@code roles.<role>.prompt} is short for one of the prompts. */
    private void role(String role, ModelSection section, Prompt prompt) throws ConfigException {
        if (section != null && section.prompt() != null) {
            take("roles." + role + ".prompt", prompt, section.prompt());
        }
    }

    private void take(String key, Prompt prompt, String file) throws ConfigException {
        if (!taken.add(prompt)) {
            throw new ConfigException(
                    "`" + key + "` and `prompts." + prompt.id() + "` are the same prompt: leave one of them out");
        }
        try {
            prompts = prompts.with(prompt, Path.of(file));
        } catch (TemplateException e) {
            throw new ConfigException("`" + key + "`: " + e.getMessage(), e);
        }
    }
}
