package dev.agon.corpus;

import dev.agon.schemas.CorpusEntry;
import dev.agon.schemas.CorpusFile;
import dev.agon.schemas.CorpusOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Brings together what the tables of an earlier run say of one task: its attempts get the statement, and its outcomes the names of
 * the attempts that they are of. An outcome without an attempt is left out, and so is a task without one.
 */
final class JoinOwnTables extends DoFn<KV<String, CoGbkResult>, CorpusFile> {

    static final TupleTag<CorpusEntry> ENTRIES = new TupleTag<>("entries") {};
    static final TupleTag<String> STATEMENTS = new TupleTag<>("statements") {};
    /** Each has the source of its attempt where the attempt's name is to be. */
    static final TupleTag<CorpusOutcome> OUTCOMES = new TupleTag<>("outcomes") {};

    private final String run;

    JoinOwnTables(String run) {
        this.run = run;
    }

    @ProcessElement
    public void process(@Element KV<String, CoGbkResult> task, OutputReceiver<CorpusFile> out) {
        List<CorpusEntry> entries = new ArrayList<>();
        Map<String, String> trials = new HashMap<>();
        for (CorpusEntry entry : task.getValue().getAll(ENTRIES)) {
            String statement = task.getValue().getOnly(STATEMENTS, entry.getStatement());
            entries.add(CorpusEntry.newBuilder(entry).setStatement(statement).build());
            trials.put(entry.getRollout().getSource(), entry.getTrial());
        }
        List<CorpusOutcome> outcomes = new ArrayList<>();
        for (CorpusOutcome outcome : task.getValue().getAll(OUTCOMES)) {
            String trial = trials.get(outcome.getTrial());
            if (trial != null) {
                outcomes.add(CorpusOutcome.newBuilder(outcome).setTrial(trial).build());
            }
        }
        if (!entries.isEmpty()) {
            out.output(new CorpusFile(run, entries, outcomes, List.of(), List.of()));
        }
    }
}
