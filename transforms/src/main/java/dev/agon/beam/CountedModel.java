package dev.agon.beam;

import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.Usage;
import java.util.concurrent.Semaphore;

/** A model with a bounded number of calls in flight, whose answers are counted in the run's progress. */
final class CountedModel implements ChatModel {

    private static final double NANO = 1e9;

    private final ChatModel model;
    private final Semaphore calls;
    private final Progress progress;

    /**
     * @param model who answers
     * @param calls one permit for each call that may be in flight; shared by all models of the worker
     * @param progress where answers are counted
     */
    CountedModel(ChatModel model, Semaphore calls, Progress progress) {
        this.model = model;
        this.calls = calls;
        this.progress = progress;
    }

    @Override
    public ChatReply reply(ChatRequest request) throws ModelException, InterruptedException {
        calls.acquire();
        try {
            ChatReply reply = model.reply(request);
            Usage usage = reply.usage();
            progress.add(Counter.MODEL_CALLS, 1);
            progress.add(Counter.TOKENS, usage.tokens());
            progress.add(Counter.COST_NANO_USD, Math.round(usage.costUsd() * NANO));
            return reply;
        } finally {
            calls.release();
        }
    }
}
