package dev.agon.summarize;

/** Replies of summarisers. */
public final class SummaryTexts {

    private SummaryTexts() {}

    public static void reply(String reply) {
        try {
            SummaryReply.read(reply);
        } catch (MalformedSummaryException e) {
            // The summariser is asked again.
        }
    }
}
