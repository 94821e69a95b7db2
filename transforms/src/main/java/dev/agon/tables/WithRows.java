package dev.agon.tables;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.schemas.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What a step gives: what goes on to the next step, and rows of the run's tables, its failures among them. It is to rows what
 * Beam's {@link org.apache.beam.sdk.transforms.WithFailures.Result} is to failures.
 *
 * @param output what goes on
 * @param rows rows by their table
 */
public record WithRows<T>(PCollection<T> output, List<Rows> rows) implements POutput {

    /**
     * Rows of one table, all of the table's record. Those of the rollouts are {@link dev.agon.schemas.RolloutRow}s.
     *
     * @param table the table
     * @param part some of its rows
     */
    public record Rows(TableName table, PCollection<? extends SpecificRecord> part) {}

    public WithRows {
        rows = List.copyOf(rows);
    }

    /** A step without rows so far. */
    public static <T> WithRows<T> of(PCollection<T> output) {
        return new WithRows<>(output, List.of());
    }

    /** A step that waits on something outside: what it emits under its main tag, and its failures. */
    public static <T> WithRows<T> of(PCollectionTuple emitted, TupleTag<T> main) {
        return of(emitted.get(main)).and(TableName.FAILURES, emitted.get(MapConcurrently.FAILURES));
    }

    /** The same with more rows. */
    public WithRows<T> and(TableName table, PCollection<? extends SpecificRecord> part) {
        List<Rows> more = new ArrayList<>(rows);
        more.add(new Rows(table, part));
        return new WithRows<>(output, more);
    }

    /** Adds the rows to the tables, and goes on with the output. */
    public PCollection<T> rowsTo(TableRows tables) {
        rows.forEach(each -> tables.add(each.table(), each.part()));
        return output;
    }

    @Override
    public Pipeline getPipeline() {
        return output.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
        Map<TupleTag<?>, PValue> parts = new LinkedHashMap<>();
        parts.put(new TupleTag<T>("output"), output);
        for (int i = 0; i < rows.size(); i++) {
            parts.put(
                    new TupleTag<>(rows.get(i).table().folder() + i),
                    rows.get(i).part());
        }
        return parts;
    }

    @Override
    public void finishSpecifyingOutput(String transformName, PInput input, PTransform<?, ?> transform) {}
}
