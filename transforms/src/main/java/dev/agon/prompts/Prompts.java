package dev.agon.prompts;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The prompts of a run: those that Agon ships, and the user's own in their places. Travels to workers as text. */
public final class Prompts implements Serializable {

    /** None of a user's own. */
    public static final Prompts SHIPPED = new Prompts(Map.of());

    private final Map<Prompt, Source> own;

    /** A template as text; the name is what messages call it. */
    private record Source(String name, String text) implements Serializable {}

    private Prompts(Map<Prompt, Source> own) {
        this.own = own;
    }

    /** These prompts with a user's file in place of one; fails with a {@link TemplateException}, as {@link Prompt#own} does. */
    public Prompts with(Prompt prompt, Path file) {
        Template template = prompt.own(file);
        Map<Prompt, Source> more = new EnumMap<>(Prompt.class);
        more.putAll(own);
        more.put(prompt, new Source(template.name(), template.source()));
        return new Prompts(more);
    }

    /** The template of a prompt, compiled. */
    public Template get(Prompt prompt) {
        Source source = own.get(prompt);
        return source == null ? Prompt.shipped(prompt) : Template.compile(source.name(), source.text());
    }

    /** The source of every prompt, by its id. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Prompt prompt : Prompt.values()) {
            texts.put(prompt.id(), get(prompt).source());
        }
        return texts;
    }
}
