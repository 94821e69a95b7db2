package dev.agon.grading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * The reward files of Harbor's tests in {@code /logs/verifier}: {@code reward.json}, an object of numbers, or else {@code reward.txt},
 * one number.
 *
 * <p>Of several numbers, {@code reward} is taken, or else the smallest. So a task is resolved only when each of them is 1 or more. An
 * unreadable file is no reward. It is never a reward of 0.
 */
final class RewardFiles {

    /** A command that prints the name of the file that counts, a line break and its beginning. */
    static final String PRINT = "cd /logs/verifier && for f in reward.json reward.txt; do"
            + " if [ -f $f ]; then echo $f; head -c 65536 $f; exit; fi; done; echo none";

    private static final String NUMBER = "[+-]?(\\d++(\\.\\d*+)?+|\\.\\d++)([eE][+-]?\\d++)?+";
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    private RewardFiles() {}

    /**
     * The reward.
     *
     * @param printed what {@link #PRINT} printed
     * @param output what the tests printed, for the failure when there is no reward
     */
    static double parse(String printed, String output) throws NoVerdictException {
        String name = printed.lines().findFirst().orElse("none");
        if (!name.equals("reward.json") && !name.equals("reward.txt")) {
            throw new NoVerdictException(
                    "the tests left neither /logs/verifier/reward.json nor /logs/verifier/reward.txt", output);
        }
        String text = printed.substring(name.length()).strip();
        if (text.isEmpty()) {
            throw new NoVerdictException("/logs/verifier/" + name + " is empty: expected a reward", output);
        }
        try {
            return name.equals("reward.json") ? ofObject(text) : number(text);
        } catch (IllegalArgumentException e) {
            throw new NoVerdictException(
                    "/logs/verifier/" + name + " holds no reward: " + e.getMessage() + ", got `"
                            + text.substring(0, Math.min(100, text.length())).replaceAll("\\s+", " ") + "`",
                    output);
        }
    }

    private static double number(String text) {
        if (!text.matches(NUMBER)) {
            throw new IllegalArgumentException("expected one finite number");
        }
        return finite(Double.parseDouble(text));
    }

    private static double ofObject(String text) {
        String wanted = "expected a JSON object of finite numbers";
        JsonNode object;
        try {
            object = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(wanted, e);
        }
        if (!object.isObject() || object.isEmpty()) {
            throw new IllegalArgumentException(wanted);
        }
        double smallest = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!entry.getValue().isNumber()) {
                throw new IllegalArgumentException(wanted);
            }
            smallest = Math.min(smallest, finite(entry.getValue().doubleValue()));
        }
        return object.has("reward") ? object.get("reward").doubleValue() : smallest;
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("expected finite numbers");
        }
        return value;
    }
}
