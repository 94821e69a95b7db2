package dev.agon.bench;

import dev.agon.beam.ConcurrentWork;
import dev.agon.beam.InFlightLimit;
import dev.agon.beam.MapConcurrently;
import dev.agon.beam.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;

/**
 * 512 elements that wait 2 seconds each, 256 in flight, through MapConcurrently on the Direct runner: the time from the first
 * call to the last one's end, against the ideal of 4 seconds; and the time of the whole pipeline, its start included.
 */
public final class ConcurrencyBench {

    private static final int ELEMENTS = 512;
    private static final int IN_FLIGHT = 256;
    private static final int SHARDS = 2;
    private static final int ROUNDS = 3;
    private static final long WAIT_MS = 2_000;
    private static final double IDEAL_S = WAIT_MS / 1e3 * ELEMENTS / IN_FLIGHT;

    private ConcurrencyBench() {}

    public static void main(String[] arguments) {
        List<Double> calls = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Waits.FIRST.set(Long.MAX_VALUE);
            long started = System.nanoTime();
            DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
            options.setTargetParallelism(SHARDS);
            Pipeline pipeline = Pipeline.create(options);
            pipeline.apply(Create.of(IntStream.range(0, ELEMENTS).boxed().collect(Collectors.toList())))
                    .apply(MapConcurrently.of(
                            new Waits(), Long.class, new Spread(new InFlightLimit("bench", IN_FLIGHT), SHARDS)));
            pipeline.run().waitUntilFinish();
            whole.add((System.nanoTime() - started) / 1e9);
            calls.add((Waits.LAST.get() - Waits.FIRST.get()) / 1e9);
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%d elements x %.0f s, %d in flight, Direct runner, medians of %d: calls %.2f s (%.2f of the ideal %.0f s), whole pipeline %.2f s",
                ELEMENTS,
                WAIT_MS / 1e3,
                IN_FLIGHT,
                ROUNDS,
                median(calls),
                median(calls) / IDEAL_S,
                IDEAL_S,
                median(whole)));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static final class Waits implements ConcurrentWork<Integer, Long> {

        private static final long serialVersionUID = 1L;

        static final AtomicLong FIRST = new AtomicLong();
        static final AtomicLong LAST = new AtomicLong();

        @Override
        public void open() {}

        @Override
        public Long apply(Integer element) throws InterruptedException {
            FIRST.accumulateAndGet(System.nanoTime(), Math::min);
            Thread.sleep(WAIT_MS);
            LAST.set(System.nanoTime());
            return 0L;
        }

        @Override
        public void close() {}
    }
}
