package dev.agon.model;

import java.util.List;
import java.util.Optional;

/**
 * One answer of a model.
 *
 * @param content the message, without reasoning; empty when it holds tool calls alone
 * @param reasoning reasoning text that the endpoint returned apart from the message
 * @param toolCalls tools that the message calls, in order
 * @param providerState parts of the message that the endpoint wants back as they were when the conversation goes on, as JSON
 * @param logprobs the message's tokens in order; empty where they were not asked for
 * @param finishReason why the model stopped, in OpenAI's words: {@code stop}, {@code length}, {@code tool_calls}; empty where the
 *     endpoint does not say
 * @param usage what the answer consumed
 * @param waitedMs milliseconds of the call before the try that was answered: waiting for a turn, failed tries, and the pauses
 *     after them; 0 where there is no endpoint
 */
public record ChatReply(
        String content,
        Optional<String> reasoning,
        List<ToolCall> toolCalls,
        Optional<String> providerState,
        List<TokenLogprob> logprobs,
        Optional<String> finishReason,
        Usage usage,
        long waitedMs) {

    private static final String LENGTH = "length";

    /** An answer without waiting. */
    public ChatReply(
            String content,
            Optional<String> reasoning,
            List<ToolCall> toolCalls,
            Optional<String> providerState,
            List<TokenLogprob> logprobs,
            Usage usage) {
        this(content, reasoning, toolCalls, providerState, logprobs, Optional.empty(), usage, 0);
    }

    /** An answer of text alone. */
    public ChatReply(String content, Optional<String> reasoning, Usage usage) {
        this(content, reasoning, List.of(), Optional.empty(), List.of(), usage);
    }

    /** Whether the answer ends where it reached the most tokens that it may have. */
    public boolean isCut() {
        return finishReason.filter(LENGTH::equals).isPresent();
    }

    /** The answer as a message of the conversation. */
    public ChatMessage message() {
        return ChatMessage.assistant(content, toolCalls, providerState);
    }

    /** The same answer with the arguments of the tool that stands for this form as its message, where it calls that. */
    public ChatReply outOfTool(AnswerSchema form) {
        return toolCalls.stream()
                .filter(call -> call.name().equals(form.name()))
                .findFirst()
                .map(call -> new ChatReply(
                        call.arguments(), reasoning, List.of(), providerState, logprobs, finishReason, usage, waitedMs))
                .orElse(this);
    }

    /** The same answer with its usage and its waiting time. */
    public ChatReply withCosts(Usage consumed, long waited) {
        return new ChatReply(content, reasoning, toolCalls, providerState, logprobs, finishReason, consumed, waited);
    }
}
