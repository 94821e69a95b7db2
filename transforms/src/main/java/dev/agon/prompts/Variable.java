package dev.agon.prompts;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A variable of a prompt.
 *
 * @param name as templates write it
 * @param holds what its value is, in a few words
 * @param isNeeded whether a prompt that never shows it is of no use
 * @param samples values to try templates with; null is a value
 */
public record Variable(String name, String holds, boolean isNeeded, List<Object> samples) {

    /** How many samples there are of each. */
    static final int SAMPLES = 2;

    /** In samples, the texts that a template must show begin so. */
    private static final String MARK = "‹";

    /** @param samples one, or one that is short and one that is long */
    static Variable given(String name, String holds, Object... samples) {
        return new Variable(name, holds, false, Arrays.asList(samples));
    }

    static Variable needed(String name, String holds, Object... samples) {
        return new Variable(name, holds, true, List.of(samples));
    }

    Object sample(int index) {
        return samples.get(Math.min(index, samples.size() - 1));
    }

    /** Whether a text that was rendered with that sample shows as much of it as it must. */
    boolean isShown(String text, int sample) {
        return !isNeeded
                || texts(sample(sample)).filter(part -> part.startsWith(MARK)).allMatch(text::contains);
    }

    private static Stream<String> texts(Object value) {
        if (value instanceof Map<?, ?> map) {
            return texts(map.values());
        }
        return value instanceof Collection<?> items
                ? items.stream().flatMap(Variable::texts)
                : Stream.of(String.valueOf(value));
    }
}
