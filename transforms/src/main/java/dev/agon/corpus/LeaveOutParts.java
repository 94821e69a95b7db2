package dev.agon.corpus;

import dev.agon.schemas.CorpusEntry;
import dev.agon.schemas.CorpusFile;
import dev.agon.schemas.CorpusOutcome;
import dev.agon.schemas.Failure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Takes what files hold apart: attempts, their outcomes, which go another way, and failures. It leaves out the attempts of files that
 * are parts of others: where another file's trajectory goes on, or what its sub-agent did. Read for itself, such a file looks
 * like an attempt of its own, and its steps would count twice. Its failures stay.
 */
final class LeaveOutParts extends PTransform<PCollection<CorpusFile>, PCollectionTuple> {

    static final TupleTag<CorpusEntry> ENTRIES = new TupleTag<>("entries") {};
    static final TupleTag<CorpusOutcome> OUTCOMES = new TupleTag<>("outcomes") {};
    static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

    @Override
    public PCollectionTuple expand(PCollection<CorpusFile> files) {
        PCollectionView<List<String>> parts = files.apply(
                        "Parts", FlatMapElements.into(TypeDescriptors.strings()).via(CorpusFile::getParts))
                .apply("All", View.asList());
        return files.apply(
                "LeaveOut",
                ParDo.of(new LeaveOut(parts))
                        .withSideInputs(parts)
                        .withOutputTags(ENTRIES, TupleTagList.of(OUTCOMES).and(FAILURES)));
    }

    private static final class LeaveOut extends DoFn<CorpusFile, CorpusEntry> {

        private final PCollectionView<List<String>> view;
        private transient Set<String> parts;

        LeaveOut(PCollectionView<List<String>> view) {
            this.view = view;
        }

        @StartBundle
        public void startBundle() {
            parts = null;
        }

        @ProcessElement
        public void process(ProcessContext context) {
            if (parts == null) {
                parts = new HashSet<>(context.sideInput(view));
            }
            CorpusFile file = context.element();
            file.getFailures().forEach(failure -> context.output(FAILURES, failure));
            if (!parts.contains(file.getPath())) {
                file.getEntries().forEach(context::output);
                file.getOutcomes().forEach(outcome -> context.output(OUTCOMES, outcome));
            }
        }
    }
}
