package dev.agon.concurrency;

import dev.agon.schemas.Failure;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What every fallible step returns: its output, and one failure for each element that has none.
 *
 * @param output the elements that came through
 * @param failures the elements that did not
 */
public record WithFailures<T>(PCollection<T> output, PCollection<Failure> failures) implements POutput {

    @Override
    public Pipeline getPipeline() {
        return output.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
        return Map.of(new TupleTag<T>("output"), output, new TupleTag<Failure>("failures"), failures);
    }

    @Override
    public void finishSpecifyingOutput(String transformName, PInput input, PTransform<?, ?> transform) {}
}
