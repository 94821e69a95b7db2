package dev.agon.tournament;

import dev.agon.model.TokenLogprob;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the vote from a judge's reply: the last {@code <vote>NUMBER</vote>}, if the number is one of the candidates'. */
final class Ballot {

    private static final Pattern VOTE = Pattern.compile("<vote>\\s*(\\d{1,4})\\s*</vote>", Pattern.CASE_INSENSITIVE);

    private Ballot() {}

    /** Position voted for, from 0; empty when the reply holds no readable vote. */
    static OptionalInt read(String reply, int candidates) {
        OptionalInt choice = OptionalInt.empty();
        Matcher vote = VOTE.matcher(reply);
        while (vote.find()) {
            int number = Integer.parseInt(vote.group(1));
            choice = number >= 1 && number <= candidates ? OptionalInt.of(number - 1) : OptionalInt.empty();
        }
        return choice;
    }

    /**
     * Probability of the token that holds the number voted for.
     *
     * @param tokens the reply's tokens in order
     * @return empty when there are no tokens, or when the vote cannot be found in them
     */
    static Optional<Double> probability(List<TokenLogprob> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.token()));
        Matcher vote = VOTE.matcher(text);
        int number = -1;
        while (vote.find()) {
            number = vote.start(1);
        }
        int end = 0;
        for (TokenLogprob token : tokens) {
            end += token.token().length();
            if (number >= 0 && number < end) {
                return Optional.of(Math.exp(token.logprob()));
            }
        }
        return Optional.empty();
    }
}
