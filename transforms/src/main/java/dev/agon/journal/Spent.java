package dev.agon.journal;

/**
 * What was bought of models.
 *
 * @param calls answers
 * @param tokens tokens of prompts and answers
 * @param usd what they cost, where prices are known
 */
public record Spent(long calls, long tokens, double usd) {

    public static final Spent NOTHING = new Spent(0, 0, 0);

    public Spent plus(Spent other) {
        return new Spent(calls + other.calls, tokens + other.tokens, usd + other.usd);
    }

    /** Of two sums of one buyer, the one with more in it. */
    Spent later(Spent other) {
        return calls >= other.calls ? this : other;
    }
}
