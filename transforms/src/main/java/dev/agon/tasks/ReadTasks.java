package dev.agon.tasks;

import dev.agon.schemas.Failure;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Brings a task data set into the pipeline.
 *
 * <p>Out: what agents may see of each task, the ground truth of each apart from it, and a failure for each record that could not
 * be read. The launcher has read the data set, whose files workers need not see: they take it from the journal's store, where it
 * was put as {@link HandedOverTasks}. A data set that cannot be read at all is found then, before anything starts.
 */
public final class ReadTasks extends PTransform<PBegin, ReadTasks.Result> {

    private static final long serialVersionUID = 1L;

    private final HandedOverTasks staged;

    private ReadTasks(HandedOverTasks staged) {
        this.staged = staged;
    }

    /** @param staged where the data set waits */
    public static ReadTasks of(HandedOverTasks staged) {
        return new ReadTasks(staged);
    }

    @Override
    public Result expand(PBegin begin) {
        return new Result(
                read(begin, "Tasks", staged.tasks(), Task.class).apply("SpreadTasks", Reshuffle.viaRandomKey()),
                read(begin, "Truths", staged.truths(), GroundTruth.class),
                read(begin, "Failures", staged.failures(), Failure.class));
    }

    private <T extends SpecificRecord> PCollection<T> read(
            PBegin begin, String what, List<String> parts, Class<T> type) {
        return begin.apply("PartsOf" + what, Create.of(parts).withCoder(StringUtf8Coder.of()))
                .apply("Read" + what, ParDo.of(new ReadPart<>(staged.store(), type)))
                .setCoder(AvroCoder.specific(type));
    }

    /**
     * A data set that was read.
     *
     * @param tasks what agents may see
     * @param truths what graders get
     * @param failures records that could not be read
     */
    public record Result(PCollection<Task> tasks, PCollection<GroundTruth> truths, PCollection<Failure> failures)
            implements POutput {

        @Override
        public Pipeline getPipeline() {
            return tasks.getPipeline();
        }

        @Override
        public Map<TupleTag<?>, PValue> expand() {
            return Map.of(
                    new TupleTag<Task>("tasks"), tasks,
                    new TupleTag<GroundTruth>("truths"), truths,
                    new TupleTag<Failure>("failures"), failures);
        }

        @Override
        public void finishSpecifyingOutput(String transformName, PInput input, PTransform<?, ?> transform) {}
    }

    private static final class ReadPart<T extends SpecificRecord> extends DoFn<String, T> {

        private static final long serialVersionUID = 1L;

        private final JournalStore store;
        private final Class<T> type;

        ReadPart(JournalStore store, Class<T> type) {
            this.store = store;
            this.type = type;
        }

        @ProcessElement
        public void process(@Element String part, OutputReceiver<T> out) throws IOException {
            new HandedOverRecords<>(type).read(part, store, out::output);
        }
    }
}
