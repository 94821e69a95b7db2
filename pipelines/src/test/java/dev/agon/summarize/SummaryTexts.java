package dev.agon.summarize;

import dev.agon.model.MalformedAnswerException;

/** Replies of summarisers. */
public final class SummaryTexts {

    private SummaryTexts() {}

    public static void reply(String reply) {
        try {
            SummaryReply.read(reply, false);
        } catch (MalformedAnswerException e) {
            // The summariser is asked again.
        }
    }
}
