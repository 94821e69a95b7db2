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

    /** What is left of it without the other, which may be more. */
    Spent minus(Spent other) {
        return new Spent(
                Math.max(0, calls - other.calls), Math.max(0, tokens - other.tokens), Math.max(0, usd - other.usd));
    }

    /** Of two sums of one buyer, the one with more in it. */
    Spent later(Spent other) {
        return calls >= other.calls ? this : other;
    }
}
