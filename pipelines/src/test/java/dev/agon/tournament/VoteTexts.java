package dev.agon.tournament;

/** Replies of judges. */
public final class VoteTexts {

    private VoteTexts() {}

    public static void reply(String reply) {
        Ballot.read(reply, 4);
    }
}
