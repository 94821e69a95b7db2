package dev.agon.model;

import org.apache.avro.specific.SpecificRecord;

/** What the answers for one element consumed, and which of them were bought just now. For one thread. */
public final class Account {

    private Usage usage = Usage.NONE;
    private int calls;
    private int boughtCalls;
    private double boughtUsd;

    /** Counts one answer. */
    public void add(Usage answer, boolean bought) {
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

    /** Sets the columns of a row that say what its answers consumed, and what of that was bought. */
    public <T extends SpecificRecord> T into(T row) {
        Usage.set(row, "model_calls", calls);
        Usage.set(row, "asks", calls);
        Usage.set(row, "model_calls_paid", boughtCalls);
        Usage.set(row, "cost_usd_paid", boughtUsd);
        return usage.into(row);
    }
}
