package dev.agon.model;

import java.util.List;

/**
 * One question to a model.
 *
 * @param role on whose behalf it is asked; enters accounting, and tells the {@code repair} policy which part it plays
 * @param messages the conversation so far, system message first; within one rollout it only ever grows at the end
 * @param sampling how to sample, with the seed of this very sample
 */
public record ChatRequest(Role role, List<ChatMessage> messages, Sampling sampling) {

    /** The three parts that models play in a run. */
    public enum Role {
        AGENT,
        SUMMARIZER,
        JUDGE
    }
}
