package dev.agon.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.concurrency.ConcurrentWork;
import dev.agon.concurrency.MapConcurrently;
import dev.agon.journal.JournalException;
import dev.agon.journal.Progress;
import dev.agon.schemas.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.values.TupleTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that sees another journal than its launcher ends the job before it does anything. */
class WorkerElsewhereTest {

    private static final TupleTag<String> DONE = new TupleTag<>("done") {};

    @TempDir
    Path folder;

    @Test
    void aWorkerThatDoesNotSeeTheLaunchersSignSaysSoBeforeItStarts() throws Exception {
        RunScope scope = RunScopes.begun(folder, "run", "1", new Budget(null, null));
        Files.delete(
                folder.resolve("progress/run/1/begun")); // as on a machine of whose disk the launcher knows nothing
        Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
        pipeline.apply(Create.of("element"))
                .apply(MapConcurrently.of(new NeverDone(), scope, new InFlightLimit("work", 1), DONE));
        assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
                .rootCause()
                .isInstanceOf(JournalException.class)
                .message()
                .matches("this worker \\(\\S+\\) does not see the run in the journal " + folder
                        + ": it must be on a file system that the launcher and all workers share; set `journal` to a"
                        + " place there");
    }

    private static final class NeverDone implements ConcurrentWork<String, String> {

        private static final long serialVersionUID = 1L;

        @Override
        public void open(Worker worker) {
            throw new AssertionError("work that must not be opened");
        }

        @Override
        public String apply(String element) {
            throw new AssertionError("work that must not begin");
        }

        @Override
        public void emit(String done, MultiOutputReceiver out) {}

        @Override
        public Failure.Builder failureOf(String element) {
            return Failure.newBuilder().setStep("test").setElementId(element);
        }

        @Override
        public void count(String done, Progress progress) {}
    }
}
