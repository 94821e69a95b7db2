package dev.agon.bench;

import dev.agon.concurrency.ConcurrentWork;
import dev.agon.concurrency.MapConcurrently;
import dev.agon.journal.Progress;
import dev.agon.pipelines.cluster.FlinkOnThisMachine;
import dev.agon.pipelines.engine.Engine;
import dev.agon.pipelines.engine.Engines;
import dev.agon.pipelines.engine.Execution;
import dev.agon.runtime.Budget;
import dev.agon.runtime.InFlightLimit;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.RunScopes;
import dev.agon.runtime.Worker;
import dev.agon.schemas.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.values.TupleTag;

/**
 * 512 elements that wait 2 seconds each, 256 in flight in all, through MapConcurrently on each engine that runs here: the time from
 * the first call to the last one's end, against the ideal of 4 seconds; and the time of the whole pipeline, its start included.
 */
public final class ConcurrencyBench {

    private static final int ELEMENTS = 512;
    private static final int IN_FLIGHT = 256;
    private static final int CLUSTER = 2;
    private static final int ROUNDS = 3;
    private static final long WAIT_MS = 2_000;
    private static final double IDEAL_S = WAIT_MS / 1e3 * ELEMENTS / IN_FLIGHT;

    private static final TupleTag<Long> BEGUN = new TupleTag<>("begun") {};

    private ConcurrencyBench() {}

    public static void main(String[] arguments) throws Exception {
        measure("Direct runner", List.of(), 1);
        measure("Flink in process", List.of("--runner=FlinkRunner", "--parallelism=2"), 1);
        Path folder = Files.createTempDirectory("agon-bench-flink-");
        try (FlinkOnThisMachine flink = FlinkOnThisMachine.start(folder, CLUSTER)) {
            List<String> options = new ArrayList<>(flink.options());
            options.add("--filesToStage=" + System.getProperty("agon.bundle") + ","
                    + System.getProperty("agon.bench.classes"));
            measure("Flink cluster of " + CLUSTER + " TaskManagers", options, CLUSTER);
        }
    }

    private static void measure(String name, List<String> options, int workers) throws Exception {
        List<Double> calls = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Path folder = Files.createTempDirectory("agon-bench-");
            long started = System.nanoTime();
            Engine engine = Engines.of(options, "bench");
            Pipeline pipeline = Pipeline.create(engine.options());
            RunScope scope =
                    RunScopes.begun(folder.resolve("journal").toString(), "bench", "1", Budget.NONE, engine.shards());
            pipeline.apply(Create.of(IntStream.range(0, ELEMENTS).boxed().collect(Collectors.toList())))
                    .apply(MapConcurrently.of(
                            new Waits(folder.toString()),
                            scope,
                            new InFlightLimit("bench", IN_FLIGHT / workers),
                            BEGUN));
            Execution execution = Execution.start(pipeline);
            while (!execution.endsWithin(Duration.ofMillis(100))) {
                continue; // the wait is in the condition
            }
            whole.add((System.nanoTime() - started) / 1e9);
            calls.add(secondsOfCalls(folder));
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %d elements x %.0f s, %d in flight, medians of %d: calls %.2f s (%.2f of the ideal %.0f s), whole pipeline %.2f s",
                name,
                ELEMENTS,
                WAIT_MS / 1e3,
                IN_FLIGHT,
                ROUNDS,
                median(calls),
                median(calls) / IDEAL_S,
                IDEAL_S,
                median(whole)));
    }

    /** Workers are other processes: each call leaves its times in a file. */
    private static double secondsOfCalls(Path folder) throws IOException {
        long first = Long.MAX_VALUE;
        long last = 0;
        int seen = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String[] times = Files.readString(file).split(" ");
                first = Math.min(first, Long.parseLong(times[0]));
                last = Math.max(last, Long.parseLong(times[1]));
                seen++;
            }
        }
        if (seen != ELEMENTS) {
            throw new IllegalStateException(seen + " of " + ELEMENTS + " elements were worked on");
        }
        return (last - first) / 1e3;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static final class Waits implements ConcurrentWork<Integer, Long> {

        private static final long serialVersionUID = 1L;

        private final String folder;

        Waits(String folder) {
            this.folder = folder;
        }

        @Override
        public void open(Worker worker) {}

        @Override
        public void emit(Long begun, MultiOutputReceiver out) {
            out.get(BEGUN).output(begun);
        }

        @Override
        public Long apply(Integer element) throws InterruptedException {
            long begun = System.currentTimeMillis();
            Thread.sleep(WAIT_MS);
            try {
                Files.writeString(Path.of(folder, "element-" + element), begun + " " + System.currentTimeMillis());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return begun;
        }

        @Override
        public Failure.Builder failureOf(Integer element) {
            return Failure.newBuilder().setStep("bench").setElementId("element-" + element);
        }

        @Override
        public void count(Long done, Progress progress) {}
    }
}
