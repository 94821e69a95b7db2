package dev.agon.model.http;

import dev.agon.model.Endpoint;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;
import dev.agon.model.ModelWorker;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The key of an endpoint. It cannot be printed by mistake, and it cuts the key out of other texts. */
final class Secret {

    private static final String CUT = "[secret removed]";

    /** A shorter key is a placeholder, such as EMPTY or none, and a word that answers may hold. */
    private static final int SHORTEST_IN_ANSWERS = 8;

    private final Optional<String> key;
    private final Optional<Pattern> inJson;

    private Secret(Optional<String> key) {
        this.key = key;
        this.inJson = key.filter(value -> value.length() >= SHORTEST_IN_ANSWERS)
                .map(value ->
                        Pattern.compile(value.chars().mapToObj(Secret::inJson).collect(Collectors.joining())));
    }

    /** A letter as JSON may have it, at any depth of JSON in texts of JSON. */
    private static String inJson(int letter) {
        String itself = Pattern.quote(Character.toString(letter));
        String plain = letter == '\\' ? "\\\\++" : letter == '/' || letter == '"' ? "\\\\*+" + itself : itself;
        return String.format("(?:%s|(?<!\\\\)\\\\++u00(?i:%02x))", plain, letter);
    }

    /**
     * Takes the key from the worker's environment.
     *
     * @throws ModelException misconfigured, when the variable is not set or holds characters that no header can carry
     */
    static Secret of(Endpoint endpoint, ModelWorker worker) throws ModelException {
        String variable = endpoint.apiKeyEnv();
        if (variable == null) {
            return new Secret(Optional.empty());
        }
        String value = worker.environment().apply(variable);
        String key = value == null ? "" : value.strip();
        boolean missing = key.isEmpty();
        if (missing || !key.chars().allMatch(letter -> letter > ' ' && letter < 0x7f)) {
            throw new ModelException(
                    Kind.MISCONFIGURED,
                    "the environment variable " + variable + ", which api_key_env names for "
                            + Address.shown(endpoint.baseUrl())
                            + (missing
                                    ? ", is not set on this worker: set it to the endpoint's key"
                                    : ", holds blanks or letters that no key has: set it to the key alone"));
        }
        return new Secret(Optional.of(key));
    }

    Optional<String> key() {
        return key;
    }

    /** The body of an answer without the key, however JSON has it. */
    String cutFromJson(String body) {
        return inJson.map(each -> each.matcher(body).replaceAll(Matcher.quoteReplacement(CUT)))
                .orElse(body);
    }

    /** The text without the key. */
    String cutFrom(String text) {
        return key.map(value -> text.replace(value, CUT)).orElse(text);
    }
}
