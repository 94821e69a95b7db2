package dev.agon.summarize;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.model.AnswerSchema;
import java.util.List;

/**
 * The form of a summary, as endpoints that know schemas are asked for it. Its keys stand in the order in which they are written: the
 * verdict comes last, after what it follows from. Strings and lists are bounded so that a summary fits into the tokens of an answer,
 * at four characters a token.
 */
final class SummarySchema {

    /** What an attempt can claim. */
    static final List<String> OUTCOMES = List.of("solved", "partial", "unsolved", "unknown");

    private static final List<String> KEYS = List.of(
            "hypotheses",
            "actions",
            "evidence",
            "files_changed",
            "progress",
            "failure_modes",
            "open_questions",
            "outcome");
    private static final int MOST_ITEMS = 6;
    /** The keys, with the white space that a model puts between them. */
    private static final int TOKENS_OF_KEYS = 128;

    private static final int TOKENS_OF_KEYS_WITHOUT_LISTS = 40;
    private static final int CHARACTERS_PER_TOKEN = 4;

    private SummarySchema() {}

    /**
     * Whether an answer has no room for lists. Then a summary holds its progress and outcome alone.
     *
     * @param maxTokens most tokens of an answer
     */
    static boolean isBrief(int maxTokens) {
        return maxTokens < 4 * TOKENS_OF_KEYS;
    }

    static AnswerSchema of(int maxTokens) {
        int strings = MOST_ITEMS * (KEYS.size() - 2) + 1;
        int room = isBrief(maxTokens)
                ? maxTokens - TOKENS_OF_KEYS_WITHOUT_LISTS
                : (maxTokens - TOKENS_OF_KEYS) * CHARACTERS_PER_TOKEN / strings;
        int most = Math.max(1, Math.min(room, SummaryReply.MOST_CHARACTERS_OF_AN_ITEM));
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (String key : KEYS) {
            switch (key) {
                case "progress" ->
                    properties.putObject(key).put("type", "string").put("maxLength", most);
                case "outcome" ->
                    OUTCOMES.forEach(
                            properties.putObject(key).put("type", "string").putArray("enum")::add);
                default -> {
                    if (!isBrief(maxTokens)) {
                        ObjectNode list = properties.putObject(key).put("type", "array");
                        list.putObject("items").put("type", "string").put("maxLength", most);
                        list.put("maxItems", MOST_ITEMS);
                    }
                }
            }
        }
        properties.fieldNames().forEachRemaining(schema.withArray("required")::add);
        schema.put("additionalProperties", false);
        return new AnswerSchema("summary", "The summary of the attempt.", schema.toString());
    }
}
