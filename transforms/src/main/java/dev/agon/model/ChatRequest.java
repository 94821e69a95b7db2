package dev.agon.model;

import dev.agon.schemas.Facts;
import java.util.List;
import java.util.Optional;

/**
 * One question to a model.
 *
 * @param role who asks; it is used in accounting, and it tells the {@code repair} policy which part to play
 * @param messages the conversation so far, system message first; the list may grow at its end after the question is answered
 * @param tools tools that the model may call; none in the text protocol
 * @param schema the form that the answer must have, where it must have one
 * @param facts what the harness knows of each candidate that a judge is shown, in the same order, for models in this process; endpoints get none
 * @param sampling how to sample, with the seed of this very sample
 */
public record ChatRequest(
        Role role,
        List<ChatMessage> messages,
        List<Tool> tools,
        Optional<AnswerSchema> schema,
        List<Facts> facts,
        Sampling sampling) {

    /** The three parts that models play in a run. */
    public enum Role {
        AGENT,
        SUMMARIZER,
        JUDGE
    }

    /** A question whose answer may have any form. */
    public ChatRequest(Role role, List<ChatMessage> messages, List<Tool> tools, Sampling sampling) {
        this(role, messages, tools, Optional.empty(), List.of(), sampling);
    }

    /** A question without tools. */
    public ChatRequest(Role role, List<ChatMessage> messages, Sampling sampling) {
        this(role, messages, List.of(), sampling);
    }

    /** The same question for the sample that has this seed. */
    public ChatRequest withSeed(long seed) {
        return new ChatRequest(role, messages, tools, schema, facts, sampling.withSeed(seed));
    }

    /** The same question with this form of the answer. */
    public ChatRequest with(Optional<AnswerSchema> form) {
        return new ChatRequest(role, messages, tools, form, facts, sampling);
    }

    /** A question in the same terms that ends this conversation. */
    public ChatRequest with(List<ChatMessage> conversation) {
        return new ChatRequest(role, List.copyOf(conversation), tools, schema, facts, sampling);
    }

    /** The same question by who knows this of the candidates. */
    public ChatRequest withFacts(List<Facts> known) {
        return new ChatRequest(role, messages, tools, schema, known, sampling);
    }
}
