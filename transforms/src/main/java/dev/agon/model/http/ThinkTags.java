package dev.agon.model.http;

import java.util.Optional;

/**
 * A message whose model wrote its reasoning into it, between {@code <think>} and {@code </think>}, split in two. A draft of a command in the
 * reasoning is no command.
 *
 * <p>In: the message. Out: what it says besides, and the reasoning. Without a closing tag the reasoning goes to the end; without an opening one,
 * which some servers' templates write themselves, it goes from the beginning. Tags inside a fence of code are text of the code.
 *
 * @param content the message without reasoning
 * @param reasoning what stands between the tags; empty without tags
 */
record ThinkTags(String content, Optional<String> reasoning) {

    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";
    private static final String FENCE = "```";

    static ThinkTags split(String message) {
        int close = message.indexOf(CLOSE);
        int open = message.indexOf(OPEN);
        if (open < 0 && close < 0) {
            return new ThinkTags(message, Optional.empty());
        }
        StringBuilder content = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        int read = 0;
        if (close >= 0 && (open < 0 || close < open) && !endsInFence(message, 0, close, false)) {
            reasoning.append(message, 0, close);
            read = close + CLOSE.length();
        }
        boolean inFence = false;
        for (open = message.indexOf(OPEN, read); open >= 0; open = message.indexOf(OPEN, read)) {
            inFence = endsInFence(message, read, open, inFence);
            content.append(message, read, open);
            read = open + OPEN.length();
            if (inFence) {
                content.append(OPEN);
            } else {
                close = message.indexOf(CLOSE, read);
                reasoning.append(message, read, close < 0 ? message.length() : close);
                read = close < 0 ? message.length() : close + CLOSE.length();
            }
        }
        content.append(message, read, message.length());
        return reasoning.isEmpty() && content.length() == message.length()
                ? new ThinkTags(message, Optional.empty())
                : new ThinkTags(
                        content.toString().strip(),
                        Optional.of(reasoning.toString().strip()).filter(text -> !text.isEmpty()));
    }

    private static boolean endsInFence(String text, int from, int to, boolean inFence) {
        boolean inside = inFence;
        for (int fence = text.indexOf(FENCE, from); fence >= 0 && fence < to; fence = text.indexOf(FENCE, fence + 3)) {
            inside = !inside;
        }
        return inside;
    }
}
