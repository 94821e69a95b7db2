package dev.agon.summarize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agon.model.MalformedAnswerException;
import dev.agon.prompts.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the JSON object that a summariser was asked for. Lenient in form: text around the object, a code fence, trailing commas,
 * comments, raw control characters, single quotes, and a single string where a list is expected are all taken. Strict in
 * substance: every key must be there, but that a brief summary needs no lists. Lists and strings are cut to a bounded length.
 */
final class SummaryReply {

    private static final int MOST_ITEMS = 40;
    static final int MOST_CHARACTERS_OF_AN_ITEM = 600;
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .build()
            .readerFor(JsonNode.class);

    private SummaryReply() {}

    /** @param brief whether lists may be left out */
    static SummaryFields read(String reply, boolean brief) throws MalformedAnswerException {
        int start = reply.indexOf('{');
        int end = reply.lastIndexOf('}');
        if (start < 0 || end < start) {
            throw new MalformedAnswerException("it holds no JSON object");
        }
        JsonNode object;
        try {
            object = JSON.readTree(reply.substring(start, end + 1));
        } catch (JsonProcessingException e) {
            throw new MalformedAnswerException("the JSON does not parse: " + e.getOriginalMessage());
        }
        return new SummaryFields(
                strings(object, "hypotheses", brief),
                strings(object, "actions", brief),
                strings(object, "evidence", brief),
                strings(object, "files_changed", brief),
                text(object, "progress"),
                strings(object, "failure_modes", brief),
                strings(object, "open_questions", brief),
                outcome(text(object, "outcome")));
    }

    private static List<String> strings(JsonNode object, String key, boolean optional) throws MalformedAnswerException {
        JsonNode value = object.get(key);
        if (value == null && optional) {
            return List.of();
        }
        if (value == null) {
            throw new MalformedAnswerException("the key \"" + key + "\" is missing");
        }
        List<String> strings = new ArrayList<>();
        if (value.isArray()) {
            for (JsonNode item : value) {
                add(strings, item);
            }
        } else {
            add(strings, value);
        }
        return strings.subList(0, Math.min(strings.size(), MOST_ITEMS));
    }

    private static void add(List<String> strings, JsonNode item) {
        String text = item.isValueNode() ? item.asText() : item.toString();
        if (!item.isNull() && !text.isBlank()) {
            strings.add(Excerpt.of(text.strip(), MOST_CHARACTERS_OF_AN_ITEM));
        }
    }

    private static String text(JsonNode object, String key) throws MalformedAnswerException {
        List<String> strings = strings(object, key, false);
        return Excerpt.of(String.join(" ", strings), MOST_CHARACTERS_OF_AN_ITEM);
    }

    private static String outcome(String said) throws MalformedAnswerException {
        String outcome = said.toLowerCase(Locale.ROOT);
        if (!SummarySchema.OUTCOMES.contains(outcome)) {
            throw new MalformedAnswerException(
                    "\"outcome\" must be solved, partial, unsolved or unknown, not \"" + said + "\"");
        }
        return outcome;
    }
}
