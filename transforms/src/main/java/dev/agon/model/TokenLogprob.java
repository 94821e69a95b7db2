package dev.agon.model;

import java.util.Map;

/**
 * One token of an answer.
 *
 * @param token its text
 * @param logprob natural logarithm of the probability that the model gave it
 * @param top the likeliest tokens at its place with their logarithms, as many as were asked for
 */
public record TokenLogprob(String token, double logprob, Map<String, Double> top) {

    public TokenLogprob {
        top = top == null ? Map.of() : Map.copyOf(top);
    }
}
