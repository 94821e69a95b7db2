package dev.agon.corpus;

import dev.agon.schemas.CorpusFile;
import dev.agon.schemas.Failure;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Leaves out the attempts of files that are parts of others: where another file's trajectory goes on, or what its sub-agent did. Read for
 * itself, such a file looks like an attempt of its own, and its steps would count twice. Its failures stay.
 */
final class LeaveOutParts extends PTransform<PCollection<CorpusFile>, PCollection<CorpusFile>> {

    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<CorpusFile> expand(PCollection<CorpusFile> files) {
        return files.apply("ByPath", ParDo.of(new ByPath()))
                .apply("Gather", GroupByKey.create())
                .apply("LeaveOut", ParDo.of(new LeaveOut()));
    }

    /** A file goes to its own path, its name without its contents to those of its parts. */
    private static final class ByPath extends DoFn<CorpusFile, KV<String, CorpusFile>> {

        private static final long serialVersionUID = 1L;

        @ProcessElement
        public void process(@Element CorpusFile file, OutputReceiver<KV<String, CorpusFile>> out) {
            out.output(KV.of(file.getPath(), file));
            file.getParts().forEach(part -> out.output(KV.of(part, named(file.getPath(), List.of()))));
        }
    }

    private static final class LeaveOut extends DoFn<KV<String, Iterable<CorpusFile>>, CorpusFile> {

        private static final long serialVersionUID = 1L;

        @ProcessElement
        public void process(@Element KV<String, Iterable<CorpusFile>> place, OutputReceiver<CorpusFile> out) {
            boolean part = false;
            List<CorpusFile> own = new ArrayList<>();
            for (CorpusFile file : place.getValue()) {
                if (file.getPath().equals(place.getKey())) {
                    own.add(file);
                } else {
                    part = true;
                }
            }
            for (CorpusFile file : own) {
                out.output(part ? named(file.getPath(), file.getFailures()) : file);
            }
        }
    }

    private static CorpusFile named(String path, List<Failure> failures) {
        return CorpusFile.newBuilder().setPath(path).setFailures(failures).build();
    }
}
