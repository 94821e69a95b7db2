package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.corpus.CorpusListing;
import dev.agon.corpus.CorpusOutcomes;
import dev.agon.pipelines.config.RunConfig;
import dev.agon.pipelines.config.RunConfigCheck;
import dev.agon.pipelines.config.RunConfigReader;
import dev.agon.runtime.Budget;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.RunScopes;
import dev.agon.schemas.TaskRef;
import dev.agon.tables.TableTarget;
import dev.agon.tasks.HandedOverTasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StructuredCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No collection of a whole pipeline, however deep in it, is left to Java's own serialisation, and every record has its Avro coder. */
class CodersTest {

    private static final Path CONFIGS = Path.of("..", "run-configs");

    @TempDir
    Path folder;

    @Test
    void everyCollectionOfARunHasACoderOfItsOwn() throws Exception {
        Map<String, String> settings =
                Map.of("scaling.evidence", "true", "scaling.iterations", "3", "scaling.rollouts", "5");
        RunConfig config = RunConfigReader.read(CONFIGS.resolve("demo.yaml"), settings);
        RunScope scope = scope();
        HandedOverTasks tasks =
                new HandedOverTasks(scope.journalStore(), List.of(new TaskRef("t", "a", "b")), List.of("c"));
        Pipeline pipeline = Pipeline.create();
        new ScalePipeline(RunConfigCheck.check(config), tasks, scope, target()).build(pipeline);
        check(pipeline);
    }

    @Test
    void everyCollectionOfAReplayHasACoderOfItsOwn() throws Exception {
        Path file = folder.resolve("a.traj.json");
        Path written = Files.writeString(
                folder.resolve("replay.yaml"), "name: coders\nreplay: {path: " + file.getFileName() + "}\n");
        RunConfig config = RunConfigReader.read(written, Map.of());
        Pipeline pipeline = Pipeline.create();
        new ReplayPipeline(
                        RunConfigCheck.replay(config),
                        new CorpusListing(List.of(file.toString()), List.of(), false),
                        new CorpusOutcomes(List.of(), List.of()),
                        scope(),
                        target())
                .build(pipeline);
        check(pipeline);
    }

    private RunScope scope() {
        return RunScopes.begun(folder.resolve("journal"), "run", "1", Budget.NONE);
    }

    private TableTarget target() {
        return new TableTarget(folder.resolve("out").toString(), "run", 2);
    }

    private static void check(Pipeline pipeline) {
        Map<String, Coder<?>> coders = new TreeMap<>();
        pipeline.traverseTopologically(new Pipeline.PipelineVisitor.Defaults() {
            @Override
            public void visitValue(PValue value, TransformHierarchy.Node producer) {
                if (value instanceof PCollection<?> collection) {
                    coders.put(collection.getName(), collection.getCoder());
                }
            }
        });
        assertThat(coders).hasSizeGreaterThan(50).allSatisfy((name, coder) -> assertFit(coder));
        assertThat(coders.toString()).contains("AvroCoder");
    }

    private static void assertFit(Coder<?> coder) {
        assertThat(coder).isNotInstanceOf(SerializableCoder.class);
        Class<?> type = coder.getEncodedTypeDescriptor().getRawType();
        if (SpecificRecord.class.isAssignableFrom(type)) {
            assertThat(coder).isInstanceOf(AvroCoder.class);
        }
        if (coder instanceof StructuredCoder<?> structured) {
            structured.getComponents().forEach(CodersTest::assertFit);
        }
    }
}
