package dev.agon.tournament;

import dev.agon.model.ChatReply;
import dev.agon.model.MalformedAnswerException;
import dev.agon.model.Usage;
import java.util.List;
import java.util.Optional;

/** Replies of judges. */
public final class VoteTexts {

    private VoteTexts() {}

    public static void reply(String reply) {
        for (String finishReason : new String[] {"stop", "length"}) {
            try {
                Ballot.read(
                        new ChatReply(
                                reply,
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                List.of(),
                                Optional.of(finishReason),
                                Usage.NONE,
                                0),
                        4);
            } catch (MalformedAnswerException e) {
                // The judge is asked again.
            }
        }
    }
}
