package dev.agon.tournament;

import java.util.function.Consumer;

/**
 * Counts the votes of a run on one worker. Once there are {@value #ENOUGH}, and most of them are invalid, it stops the run: such a judge
 * is misconfigured, and coins would decide in its place. Safe for use by many threads at once.
 */
final class VoteCount implements AutoCloseable {

    static final int ENOUGH = 20;

    private final Consumer<String> stop;
    private int votes;
    private int invalid;

    /** @param stop stops the run and says why */
    VoteCount(Consumer<String> stop) {
        this.stop = stop;
    }

    /** @param reply the judge's last reply */
    synchronized void add(boolean valid, String judge, String reply) {
        votes++;
        invalid += valid ? 0 : 1;
        if (!valid && votes >= ENOUGH && 2 * invalid > votes) {
            stop.accept(
                    judge + " is no judge: of " + votes + " votes " + invalid + " cannot be read, the last: \"" + reply
                            + "\". Set structured_output of the judge where its endpoint has schemas, raise its max_tokens"
                            + " if its replies are cut, or take another model, and run again");
        }
    }

    /** Nothing to close: it ends with the run on this worker. */
    @Override
    public void close() {}
}
