package dev.agon.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.concurrency.ConcurrentWork;
import dev.agon.concurrency.MapConcurrently;
import dev.agon.journal.JournalException;
import dev.agon.journal.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that sees another journal than its launcher ends the job before it does anything. */
class WorkerElsewhereTest {

    @TempDir
    Path folder;

    @Test
    void aWorkerThatDoesNotSeeTheLaunchersSignSaysSoBeforeItStarts() throws Exception {
        RunScope scope = RunScopes.begun(folder, "run", "1", new Budget(null, null));
        Files.delete(
                folder.resolve("progress/run/1/begun")); // as on a machine of whose disk the launcher knows nothing
        Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
        pipeline.apply(Create.of("element"))
                .apply(MapConcurrently.of(new NeverDone(scope), String.class, scope.spread("work", 1)));
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

        private final RunScope scope;
        private transient Worker worker;

        NeverDone(RunScope scope) {
            this.scope = scope;
        }

        @Override
        public void open() {
            worker = scope.join();
        }

        @Override
        public String apply(String element) {
            throw new AssertionError("work that must not begin");
        }

        @Override
        public String idOf(String element) {
            return element;
        }

        @Override
        public void count(String done, Progress progress) {}

        @Override
        public void close() {
            worker.close();
        }
    }
}
