package dev.agon.pipelines.engine;

import dev.agon.runtime.Shards;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Flink: in this process ({@code --runner=FlinkRunner}), or a cluster ({@code --flinkMaster=HOST:PORT}), to which the one jar with
 * everything a worker needs is sent.
 *
 * <p>Options that the command line does not give are set so that a run survives the loss of a worker: each exchange is written
 * whole before it is read, and a restart strategy is on (Beam's own option for retries has no effect in batch). See
 * {@code flink-conf.yaml} beside this class.
 */
record FlinkEngine(PipelineOptions options, int parallelism) implements Engine {

    private static final String CONFIGURATION = "flink-conf.yaml";
    private static final int MOST_FILES = 8;

    static FlinkEngine of(PipelineOptions options) throws EngineException {
        FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
        boolean local = flink.getFlinkMaster().startsWith("[");
        if (flink.getParallelism() < 1) {
            flink.setParallelism(local ? Runtime.getRuntime().availableProcessors() : slots(flink.getFlinkMaster()));
        }
        if (flink.getFlinkConfDir() == null) {
            flink.setFlinkConfDir(configuration().toString());
        }
        flink.setExecutionModeForBatch("BATCH_FORCED");
        // Steps change nothing that they were given, so that elements need not be copied between them.
        flink.setObjectReuse(true);
        flink.setFasterCopy(true);
        if (!local) {
            Bundle.stage(options);
        }
        return new FlinkEngine(options, flink.getParallelism());
    }

    /** Places to work at in a cluster; all of them are used. */
    private static int slots(String master) throws EngineException {
        String advice =
                ": is a cluster running there? `./agon cluster start` starts one on this machine and says its address";
        int slots;
        try {
            slots = new FlinkRest(master.replaceFirst("^https?://", "")).slots();
        } catch (IOException | IllegalArgumentException e) {
            throw new EngineException("--flinkMaster=" + master + " does not answer (" + e + ")" + advice, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while Flink was asked for its slots", e);
        }
        if (slots < 1) {
            throw new EngineException("the Flink cluster at " + master + " has no slots" + advice, null);
        }
        return slots;
    }

    /** A folder with Flink's configuration for the job, which goes when this process ends. */
    private static Path configuration() throws EngineException {
        try (InputStream shipped = FlinkEngine.class.getResourceAsStream(CONFIGURATION)) {
            Path folder = Files.createTempDirectory("agon-flink-");
            Path file = folder.resolve(CONFIGURATION);
            Files.copy(shipped, file);
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new EngineException("Flink's configuration cannot be written to a temporary folder: " + e, e);
        }
    }

    @Override
    public Shards shards() {
        return FlinkPlaces.shards(parallelism);
    }

    @Override
    public int tableFiles() {
        return Math.min(parallelism, MOST_FILES);
    }

    /** A cluster may be elsewhere, but its machines often share a disk with this one; a worker that does not says so. */
    @Override
    public boolean isElsewhere() {
        return false;
    }

    @Override
    public Duration look() {
        return Duration.ofSeconds(1);
    }
}
