package dev.agon.agent;

import dev.agon.model.ChatModel;
import dev.agon.model.Sampling;

/**
 * The model that acts.
 *
 * @param model who answers
 * @param name what templates call it
 * @param sampling how to sample answers; its seed is replaced for each step
 */
public record AgentModel(ChatModel model, String name, Sampling sampling) {}
