package dev.agon.model.http;

import dev.agon.model.ChatReply;
import dev.agon.model.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Estimates tokens: four bytes of English or code are about one token. */
final class TokenEstimate {

    private static final int BYTES_PER_TOKEN = 4;

    private TokenEstimate() {}

    static long ofBytes(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    /** Tokens of answers, reasoning and tool calls included. */
    static long ofReplies(List<ChatReply> replies) {
        long bytes = 0;
        for (ChatReply reply : replies) {
            bytes += size(reply.content()) + size(reply.reasoning().orElse(""));
            for (ToolCall call : reply.toolCalls()) {
                bytes += size(call.name()) + size(call.arguments());
            }
        }
        return ofBytes(bytes);
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
