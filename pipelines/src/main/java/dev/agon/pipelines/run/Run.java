package dev.agon.pipelines.run;

import dev.agon.journal.Blobs;
import dev.agon.journal.Stop;
import dev.agon.model.ModelConfig;
import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.config.RunConfig;
import dev.agon.pipelines.engine.Engine;
import dev.agon.pipelines.engine.EngineException;
import dev.agon.pipelines.engine.Engines;
import dev.agon.pipelines.engine.Execution;
import dev.agon.pipelines.engine.PipelineFailedException;
import dev.agon.pipelines.output.Predictions;
import dev.agon.pipelines.output.RunFolder;
import dev.agon.pipelines.output.RunManifest;
import dev.agon.pipelines.output.RunManifest.Status;
import dev.agon.pipelines.report.FailureReasons;
import dev.agon.pipelines.report.Report;
import dev.agon.pipelines.report.StageTable;
import dev.agon.runtime.InFlightLimit;
import dev.agon.runtime.ProcessName;
import dev.agon.runtime.ProgressStore;
import dev.agon.runtime.ProgressTotal;
import dev.agon.runtime.RunControlStore;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.Worker;
import dev.agon.stores.HeldJournalException;
import dev.agon.stores.JournalStore;
import dev.agon.stores.Lease;
import dev.agon.stores.LeaseHolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;

/**
 * One run, from its configuration to its folder: checks everything first, then runs the pipeline, then computes totals,
 * predictions and the report, and swaps the folder in.
 */
public final class Run {

    private final RunConfig config;
    private final Jobs jobs;
    private final List<String> beamOptions;
    private final boolean overwrite;
    private final Clock clock = Clock.systemUTC();

    /** Finds out what a configuration describes. */
    @FunctionalInterface
    public interface Jobs {
        Job of(RunConfig config) throws ConfigException;
    }

    public Run(RunConfig config, Jobs jobs, List<String> beamOptions, boolean overwrite) {
        this.config = config;
        this.jobs = jobs;
        this.beamOptions = beamOptions;
        this.overwrite = overwrite;
    }

    /** Runs to the end and returns the exit code. */
    public int execute(PrintStream terminal)
            throws ConfigException, IOException, InterruptedException, PipelineFailedException {
        Engine engine = engine();
        FileSystems.setDefaultPipelineOptions(engine.options());
        Job job = jobs.of(config);
        sayUnpriced(job, terminal);
        job.checkMachine(!engine.isElsewhere(), terminal);
        Path out = Path.of(config.out());
        checkJournal();
        String start = Long.toString(clock.millis());
        try (Lease lease = lease(job, start);
                RunFolder folder = RunFolder.claim(
                        out,
                        new JournalStore(config.journal()).folderHere(),
                        RunManifest.identity(config),
                        overwrite)) {
            RunManifest manifest = RunManifest.of(config, job.experiment().prompts(), clock.instant());
            manifest.unpriced(unpriced(job));
            manifest.status(Status.RUNNING);
            manifest.write(folder.draft());
            Optional<Stop> stop;
            try {
                stop = runPipeline(job, engine, start, lease, folder.draft(), terminal);
            } catch (PipelineFailedException | RuntimeException e) {
                manifest.status(Status.ABORTED);
                manifest.write(folder.draft());
                throw e;
            }
            Predictions.write(folder.draft(), config.name());
            manifest.finished(clock.instant(), folder.draft());
            stop.ifPresent(manifest::stopped);
            manifest.write(folder.draft());
            new Report(folder.draft()).write();
            folder.swapIn();
            conclude(out, manifest, stop, terminal);
            if (stop.isPresent()) {
                return Agon.ABORTED;
            }
            return manifest.total("failed") + manifest.total("stopped") == 0 && manifest.hasWinner()
                    ? Agon.DONE
                    : Agon.SOME_FAILED;
        }
    }

    private Optional<Stop> runPipeline(
            Job job, Engine engine, String start, Lease lease, Path draft, PrintStream terminal)
            throws IOException, InterruptedException, PipelineFailedException {
        String runId = RunManifest.runId(config);
        ProgressStore progress = new ProgressStore(config.journal(), runId + "/" + start);
        JournalStore journal = new JournalStore(config.journal());
        Handover handedOver = new Handover(journal, runId, start, draft, engine.tableFiles());
        RunScope scope = new RunScope(
                config.seed(),
                onlyReads(job) ? journal.forReader(handedOver.folder()) : journal,
                progress,
                new RunControlStore(
                        config.journal(), runId, start, job.experiment().budget()),
                new InFlightLimit("model_calls", job.experiment().modelCalls()),
                engine.shards());
        scope.controlStore().begin();
        terminal.printf("%s: %s, journal %s%n", config.name(), job.describe(), config.journal());
        ProgressTotal total = progress.watch();
        ProgressLine line =
                new ProgressLine(terminal, clock, job.rollouts(), !unpriced(job).isEmpty());
        try (Handover handover = handedOver) {
            Pipeline pipeline = Pipeline.create(engine.options());
            job.build(pipeline, scope, handover);
            try (Worker launcher = scope.join();
                    CancelOnSignal signals = CancelOnSignal.of(launcher.control(), terminal)) {
                launcher.lead(lease);
                Execution execution = Execution.start(pipeline);
                while (!execution.endsWithin(engine.look())) {
                    line.show(total.look());
                }
            }
            line.end(total.look());
            handover.take();
        }
        return scope.stop();
    }

    /** Models that may cost what nobody knows: without a price, or with one that their endpoint should report. */
    private static List<String> unpriced(Job job) {
        return job.experiment().models().stream()
                .filter(model -> model.endpoint() != null)
                .filter(model -> model.price() == null || model.price().reported())
                .map(ModelConfig::id)
                .distinct()
                .toList();
    }

    private static void sayUnpriced(Job job, PrintStream terminal) {
        for (ModelConfig model : job.experiment().models()) {
            if (model.endpoint() != null && model.price() == null) {
                terminal.printf(
                        "note: no price is known for %s: its tokens are counted, its cost is unknown, and 0 in every table"
                                + " (set model.price, which may be `reported`, or model.prices)%n",
                        model.id());
            }
        }
    }

    private void checkJournal() throws ConfigException {
        try {
            Blobs journal = new JournalStore(config.journal()).blobs();
            journal.put(".writable", new byte[0]);
            journal.delete(".writable");
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    "the journal " + config.journal() + " cannot be written (" + e
                            + "): set `journal`, or --out, to a folder that can",
                    e);
        }
    }

    private static boolean onlyReads(Job job) {
        return job.experiment().models().stream()
                .allMatch(model -> model.provider().equals("journal"));
    }

    /** The right to buy into the journal. A run that only reads there needs none. */
    private Lease lease(Job job, String start) throws ConfigException {
        if (onlyReads(job)) {
            return () -> {};
        }
        try {
            LeaseHolder holder = new LeaseHolder(
                    RunManifest.runId(config),
                    start,
                    ProcessName.HOST,
                    ProcessHandle.current().pid());
            return new JournalStore(config.journal()).lease(holder, clock);
        } catch (HeldJournalException e) {
            throw new ConfigException(e.getMessage(), e);
        } catch (IOException e) {
            throw new ConfigException(
                    "the journal " + config.journal() + " cannot be locked (" + e
                            + "): set `journal` to another folder",
                    e);
        }
    }

    private Engine engine() throws ConfigException {
        try {
            Engine engine = Engines.of(beamOptions, config.name());
            if (engine.isElsewhere() && !new JournalStore(config.journal()).isShared()) {
                throw new ConfigException(
                        "the journal " + config.journal() + " is on this machine, whose disks workers of"
                                + " this engine do not see: set `journal` to a folder that they can read and write, such as"
                                + " --set journal=gs://BUCKET/" + config.name());
            }
            return engine;
        } catch (EngineException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    private static void conclude(Path out, RunManifest manifest, Optional<Stop> stop, PrintStream terminal)
            throws IOException {
        terminal.println();
        StageTable.of(out).print(terminal);
        terminal.println();
        terminal.printf("Tables and report.html are in %s.%n", out);
        if (manifest.total("failed") > 0) {
            terminal.printf("%d elements failed. The most frequent reasons:%n", manifest.total("failed"));
            FailureReasons.of(out).printMostFrequent(terminal);
            terminal.printf("All of them: ./agon failures %s%n", out);
        }
        if (stop.isEmpty() && !manifest.hasWinner()) {
            terminal.println("The run has no result: no task has a final winner.");
        }
        if (stop.isPresent()) {
            terminal.printf(
                    "The run was stopped, the tables hold what there is: %s.%n",
                    stop.get().message());
        }
    }
}
