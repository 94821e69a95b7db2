package dev.agon.agent;

import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.Sampling;

/**
 * The model that acts.
 *
 * @param model who answers
 * @param name what templates call it
 * @param sampling how to sample answers; its seed is replaced for each step
 */
public record AgentModel(ChatModel model, String name, Sampling sampling) {

    ChatReply reply(ChatRequest request) throws ModelException, InterruptedException {
        return model.reply(request);
    }
}
