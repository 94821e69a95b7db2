package dev.agon.runtime;

import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.journal.Spent;
import dev.agon.journal.Stop;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;
import dev.agon.model.Usage;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A model whose answers are counted in the run's ledger and progress. Once the run is stopped it answers no more; a model that
 * turns out to be misconfigured stops the run.
 */
final class MeteredModel implements ChatModel {

    private static final double NANO = 1e9;

    private final ChatModel model;
    private final Permits calls;
    private final RunControl control;
    private final Progress progress;

    /**
     * @param model who answers
     * @param calls one permit for each call that may be in flight
     */
    MeteredModel(ChatModel model, Permits calls, RunControl control, Progress progress) {
        this.model = model;
        this.calls = calls;
        this.control = control;
        this.progress = progress;
    }

    @Override
    public ChatReply reply(ChatRequest request) throws ModelException, InterruptedException {
        return metered(() -> List.of(model.reply(request))).get(0);
    }

    @Override
    public List<ChatReply> replies(ChatRequest request, List<Long> seeds) throws ModelException, InterruptedException {
        return metered(() -> model.replies(request, seeds));
    }

    private List<ChatReply> metered(Callable<List<ChatReply>> call) throws ModelException, InterruptedException {
        try (Permits.Permit inFlight = calls.acquire()) {
            if (control.stopRequested()) {
                throw stopped(null);
            }
            List<ChatReply> replies = call.call();
            replies.forEach(reply -> count(reply.usage()));
            return replies;
        } catch (ModelException e) {
            if (e.usage().tokens() > 0) {
                count(e.usage());
            }
            if (e.kind() == Kind.MISCONFIGURED) {
                control.misconfigured(e.getMessage());
                throw stopped(e);
            }
            throw e;
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a model throws only what it declares", e);
        }
    }

    private void count(Usage usage) {
        progress.add(Counter.MODEL_CALLS, 1);
        progress.add(Counter.TOKENS, usage.tokens());
        progress.add(Counter.COST_NANO_USD, Math.round(usage.costUsd() * NANO));
        control.bought(new Spent(1, usage.tokens(), usage.costUsd()));
    }

    private ModelException stopped(ModelException cause) {
        String why = control.stop().map(Stop::message).orElse("the run was stopped");
        return new ModelException(Kind.STOPPED, why, cause);
    }
}
