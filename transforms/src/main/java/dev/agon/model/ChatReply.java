package dev.agon.model;

import java.util.Optional;

/**
 * One answer of a model.
 *
 * @param content the message, without reasoning
 * @param reasoning reasoning text that the endpoint returned apart from the message
 * @param usage what the answer consumed
 */
public record ChatReply(String content, Optional<String> reasoning, Usage usage) {}
