package dev.agon.tournament;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.model.AnswerSchema;
import dev.agon.model.ChatReply;
import dev.agon.model.MalformedAnswerException;
import dev.agon.model.TokenLogprob;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The vote in a judge's reply: a JSON object with a {@code choice}, else the last {@code <vote>NUMBER</vote>}, else what the reply
 * says in words, if that can mean one attempt only. In words, an attempt is named by a line with nothing but its number, or by a
 * sentence that begins with the verdict and mentions no other number.
 */
final class Ballot {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern VOTE = Pattern.compile("<vote>\\s*(\\d{1,4})\\s*</vote>", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLACE =
            Pattern.compile("<vote>\\s*(?=\\d)|\"choice\"\\s*:\\s*\"?(?=\\d)", Pattern.CASE_INSENSITIVE);

    private static final String NUMBER = "(?:attempt|candidate)?\\s{0,3}+(?:number|no\\.)?\\s{0,3}+#?(\\d{1,4})";
    private static final Pattern LINE = Pattern.compile("(?:vote:)?\\s{0,3}+" + NUMBER + "[.!)]?");
    private static final Pattern VERDICT = Pattern.compile("(?:(?:so|therefore|thus|overall),? )?(?:"
            + "(?:the )?(?:attempt (?:that is )?)?(?:most likely|best)\\b[^.,;:]{0,60} is:? " + NUMBER
            + "|(?:my |the |final ){0,2}(?:vote|choice|answer)(?: is|:) (?:for )?" + NUMBER
            + "|i (?:would )?(?:vote for|choose|pick|select) " + NUMBER
            + "|attempt #?(\\d{1,4}) is (?:the )?(?:one )?(?:most likely|best)\\b"
            + ").*");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,4}");

    /** What a thought must leave of an answer's tokens for the rest of it. */
    private static final int TOKENS_BESIDE_THOUGHT = 32;

    private static final int MOST_CHARACTERS_OF_A_THOUGHT = 1_500;

    private Ballot() {}

    /**
     * The form of a vote. The thought comes first, so that the choice follows from it. It is bounded so that the choice fits into
     * the answer, even if each of its characters takes a token.
     */
    static AnswerSchema schema(int candidates, int maxTokens) {
        int most = Math.max(1, Math.min(MOST_CHARACTERS_OF_A_THOUGHT, maxTokens - TOKENS_BESIDE_THOUGHT));
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("thought").put("type", "string").put("maxLength", most);
        ObjectNode choice = properties.putObject("choice").put("type", "integer");
        choice.put("description", "the number of the attempt that you vote for");
        for (int number = 1; number <= candidates; number++) {
            choice.withArray("enum").add(number);
        }
        schema.putArray("required").add("thought").add("choice");
        schema.put("additionalProperties", false);
        return new AnswerSchema("vote", "Your vote for one attempt.", schema.toString());
    }

    /** Position voted for, from 0. */
    static int read(ChatReply reply, int candidates) throws MalformedAnswerException {
        Optional<Integer> number = written(reply.content());
        if (number.isEmpty() && !reply.isCut()) {
            number = said(reply.content(), candidates);
        }
        if (number.isEmpty()) {
            throw new MalformedAnswerException("it names no attempt");
        }
        if (number.get() < 1 || number.get() > candidates) {
            throw new MalformedAnswerException(
                    "it names attempt " + number.get() + ", and there are 1 to " + candidates);
        }
        return number.get() - 1;
    }

    private static Optional<Integer> written(String reply) {
        Optional<Integer> number = Optional.empty();
        Matcher vote = VOTE.matcher(reply);
        while (vote.find()) {
            number = Optional.of(Integer.parseInt(vote.group(1)));
        }
        String object = unfenced(reply.strip());
        Optional<Integer> chosen = object.startsWith("{") && object.endsWith("}") ? chosen(object) : Optional.empty();
        return chosen.isPresent() ? chosen : number;
    }

    private static String unfenced(String reply) {
        int end = reply.endsWith("```") ? reply.length() - 3 : reply.length();
        int start = reply.startsWith("```json") ? 7 : reply.startsWith("```") ? 3 : 0;
        return reply.substring(Math.min(start, end), end).strip();
    }

    /** The choice in an object; empty where it has none, or where it is no JSON. */
    private static Optional<Integer> chosen(String object) {
        try {
            JsonNode choice = JSON.readTree(object).path("choice");
            return DIGITS.matcher(choice.asText()).matches() ? Optional.of(choice.asInt()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> said(String reply, int candidates) throws MalformedAnswerException {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String line :
                reply.replaceAll("[*_`\"']", "").toLowerCase(Locale.ROOT).split("\n")) {
            Matcher alone = LINE.matcher(line.strip());
            if (alone.matches()) {
                numbers.add(Integer.parseInt(alone.group(1)));
                continue;
            }
            for (String sentence : line.strip().split("(?<=[.!?])\\s+")) {
                Matcher verdict = VERDICT.matcher(sentence);
                if (verdict.matches()) {
                    Matcher mentioned = DIGITS.matcher(sentence);
                    while (mentioned.find()) {
                        numbers.add(Integer.parseInt(mentioned.group()));
                    }
                }
            }
        }
        if (numbers.size() > 1) {
            throw new MalformedAnswerException("it names more than one of " + candidates + " attempts: " + numbers);
        }
        return numbers.stream().findFirst();
    }

    /**
     * Probability of the number voted for among those of all candidates, where the reply writes it. Where no other tokens are known,
     * its probability among all tokens.
     *
     * @param tokens the reply's tokens in order
     * @param position position voted for, from 0
     * @return empty when there are no tokens, or when the vote cannot be found in them
     */
    static Optional<Double> probability(List<TokenLogprob> tokens, int position, int candidates) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.token()));
        int number = text.lastIndexOf(Integer.toString(position + 1));
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            number = place.end();
        }
        int end = 0;
        for (TokenLogprob token : tokens) {
            end += token.token().length();
            if (number >= 0 && number < end) {
                return Optional.of(probability(token, position + 1, candidates));
            }
        }
        return Optional.empty();
    }

    private static double probability(TokenLogprob token, int number, int candidates) {
        Map<Integer, Double> likely = new HashMap<>();
        token.top().forEach((other, logprob) -> {
            String digits = other.replaceAll("\\D", "");
            if (DIGITS.matcher(digits).matches()) {
                likely.merge(Integer.parseInt(digits), Math.exp(logprob), Double::sum);
            }
        });
        likely.keySet().removeIf(other -> other < 1 || other > candidates);
        double own = Math.exp(token.logprob());
        if (likely.isEmpty()) {
            return own;
        }
        likely.merge(number, own, Math::max);
        return likely.get(number)
                / likely.values().stream().mapToDouble(each -> each).sum();
    }
}
