package dev.agon.pipelines.engine;

import com.google.common.base.Strings;
import dev.agon.runtime.Shards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.dataflow.options.DataflowPipelineDebugOptions;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.options.DataflowPipelineWorkerPoolOptions.AutoscalingAlgorithmType;
import org.apache.beam.sdk.options.ExperimentalOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.SdkHarnessOptions;

/**
 * Google Cloud Dataflow, as a batch job of Runner v2, which runs steps in the container that the command line names: sandboxes
 * need programs that Beam's own container lacks.
 *
 * <p>A batch worker works on as many shares at once as it has threads, by default one for each core, whose number depends on the
 * machine type. Here the number is fixed, so that the shares can be counted: threads only hand work on and wait. Several shares to
 * a worker, which share its limits, also let the service move some of them from a slow worker to an idle one.
 *
 * <p>The number of workers is fixed too, as {@code concurrency} is for each worker; and the service would count work that waits as
 * idleness, and take workers away.
 */
record DataflowEngine(PipelineOptions options, int workers, int threads) implements Engine {

    private static final int THREADS = 4;
    private static final int MOST_FILES = 8;

    /** @throws EngineException when an option is missing; the message names all that are */
    static DataflowEngine of(PipelineOptions options) throws EngineException {
        DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
        int workers = Math.max(dataflow.getNumWorkers(), dataflow.getMaxNumWorkers());
        List<String> missing = new ArrayList<>();
        expect(dataflow.getProject() != null, "--project=ID", missing);
        expect(!Strings.isNullOrEmpty(dataflow.getRegion()), "--region=NAME", missing);
        expect(
                Strings.nullToEmpty(options.getTempLocation()).startsWith("gs://"),
                "--tempLocation=gs://BUCKET/FOLDER",
                missing);
        expect(workers > 0, "--numWorkers=N (concurrency is for each worker)", missing);
        expect(
                dataflow.getSdkContainerImage() != null,
                "--sdkContainerImage=IMAGE (containers/dataflow-worker says how to build it)",
                missing);
        if (!missing.isEmpty()) {
            throw new EngineException("Dataflow needs " + String.join(", ", missing), null);
        }
        if (dataflow.getAutoscalingAlgorithm() == null) {
            dataflow.setAutoscalingAlgorithm(AutoscalingAlgorithmType.NONE);
            dataflow.setNumWorkers(workers);
        }
        DataflowPipelineDebugOptions debug = options.as(DataflowPipelineDebugOptions.class);
        if (debug.getNumberOfWorkerHarnessThreads() < 1) {
            debug.setNumberOfWorkerHarnessThreads(THREADS);
        }
        ExperimentalOptions.addExperiment(dataflow, "use_runner_v2");
        SdkHarnessOptions harness = options.as(SdkHarnessOptions.class);
        if (harness.getJdkAddOpenModules() == null) {
            harness.setJdkAddOpenModules(List.of("java.base/java.lang=ALL-UNNAMED"));
        }
        Bundle.stage(options);
        return new DataflowEngine(options, workers, debug.getNumberOfWorkerHarnessThreads());
    }

    private static void expect(boolean given, String option, List<String> missing) {
        if (!given) {
            missing.add(option);
        }
    }

    @Override
    public Shards shards() {
        return Shards.of(workers * threads);
    }

    @Override
    public int tableFiles() {
        return Math.min(workers, MOST_FILES);
    }

    @Override
    public boolean isElsewhere() {
        return true;
    }

    @Override
    public Duration look() {
        return Duration.ofSeconds(10);
    }
}
