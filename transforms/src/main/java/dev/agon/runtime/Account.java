package dev.agon.runtime;

import dev.agon.model.Usage;
import dev.agon.schemas.Failure;

/** What the answers for one element consumed, and which of them were bought just now. For one thread. */
public final class Account {

    private Usage usage = Usage.NONE;
    private int calls;
    private int boughtCalls;
    private double boughtUsd;

    /** Counts one answer. */
    void add(Usage answer, boolean bought) {
        usage = usage.plus(answer);
        calls++;
        if (bought) {
            boughtCalls++;
            boughtUsd += answer.costUsd();
        }
    }

    /** All answers together, those from the journal included. */
    public Usage usage() {
        return usage;
    }

    public int calls() {
        return calls;
    }

    public int boughtCalls() {
        return boughtCalls;
    }

    public double boughtUsd() {
        return boughtUsd;
    }

    /** The failure of work that had consumed this. */
    public Failure.Builder into(Failure.Builder failure) {
        return failure.setModelCalls(calls)
                .setModelCallsPaid(boughtCalls)
                .setTokens(usage.tokens())
                .setInputTokens(usage.inputTokens())
                .setCachedTokens(usage.cachedTokens())
                .setOutputTokens(usage.outputTokens())
                .setCostUsd(usage.costUsd())
                .setCostUsdPaid(boughtUsd);
    }
}
