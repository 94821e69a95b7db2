package dev.agon.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.journal.JournalException;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.runtime.Budget;
import dev.agon.runtime.InFlightLimit;
import dev.agon.runtime.ProgressStore;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.RunScopes;
import dev.agon.runtime.Shards;
import dev.agon.runtime.Worker;
import dev.agon.schemas.Failure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.junit.jupiter.api.Test;

class MapConcurrentlyTest {

    /** No disk: a run that a bug has ended may still write its progress when the test is over. */
    private static final String JOURNAL = "object://map-concurrently/";

    private final Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    private static final TupleTag<Long> TENFOLD = new TupleTag<>("tenfold") {};

    @Test
    void everyElementIsAnOutputOrAFailure() throws Exception {
        PCollectionTuple results = numbers(500).apply(map(new OddOnesFail(), "odd", 64));
        PAssert.that(results.get(TENFOLD))
                .containsInAnyOrder(IntStream.range(0, 500)
                        .filter(n -> n % 2 == 0)
                        .mapToObj(n -> n * 10L)
                        .collect(Collectors.toList()));
        PAssert.that(results.get(MapConcurrently.FAILURES))
                .containsInAnyOrder(IntStream.range(0, 500)
                        .filter(n -> n % 2 == 1)
                        .mapToObj(n -> failure(n))
                        .collect(Collectors.toList()));
        pipeline.run().waitUntilFinish();
        Progress progress = new ProgressStore(JOURNAL + "odd", "run/1").watch().look();
        assertThat(progress.get(Counter.SUMMARIES)).isEqualTo(250);
        assertThat(progress.get(Counter.FAILURES)).isEqualTo(250);
    }

    @Test
    void aBugIsTheFailureOfItsElement() {
        PCollectionTuple results = numbers(50).apply(map(new Buggy(), "bug", 8));
        PAssert.that(results.get(TENFOLD)).satisfies(numbers -> {
            assertThat(numbers).hasSize(46).doesNotContain(170L);
            return null;
        });
        PAssert.that(results.get(MapConcurrently.FAILURES)).satisfies(failures -> {
            assertThat(failures)
                    .extracting(
                            failure -> failure.getElementId() + " " + failure.getKind() + " " + failure.getMessage())
                    .containsExactlyInAnyOrder(
                            bug(17, "java.lang.IllegalStateException: a bug at 17"),
                            bug(18, "java.lang.StackOverflowError"),
                            bug(19, "java.lang.NoClassDefFoundError: no/Such"),
                            bug(20, "java.lang.AssertionError: 20"));
            assertThat(failures).allMatch(failure -> failure.getDetail().contains("MapConcurrentlyTest"));
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    private static String bug(int number, String what) {
        return number + " bug a bug in Agon: " + what + "; the detail says where, please report it";
    }

    @Test
    void aBugIsReplacedWhereOthersWaitForItsElement() {
        PCollectionTuple results = numbers(50).apply(map(new Replaced(), "replaced", 8));
        PAssert.that(results.get(TENFOLD)).satisfies(numbers -> {
            assertThat(numbers).hasSize(50).contains(-17L, -18L, -19L, -20L);
            return null;
        });
        PAssert.that(results.get(MapConcurrently.FAILURES)).empty();
        pipeline.run().waitUntilFinish();
    }

    @Test
    void aDeadStoreEndsTheRunWhereverItIsFound() {
        numbers(50).apply(map(new DeadStore(), "dead", 8));
        assertThatThrownBy(() -> pipeline.run().waitUntilFinish()).hasStackTraceContaining("no space left");
    }

    @Test
    void neverMoreInFlightThanTheLimit() {
        numbers(300).apply(map(new CountsInFlight(), "count", 7));
        pipeline.run().waitUntilFinish();
        assertThat(CountsInFlight.MOST.get()).isEqualTo(7);
    }

    /** An engine may start a job again in the same process, while others of the run keep the worker open. */
    @Test
    void pipelinesThatFailLeaveAllPermitsToThoseThatFollow() throws Exception {
        RunScope scope = RunScopes.begun(JOURNAL + "failing", "run", "1", Budget.NONE, Shards.of(2));
        InFlightLimit four = new InFlightLimit("four", 4);
        try (Worker launcher = scope.join()) {
            for (int round = 0; round < 4; round++) {
                Pipeline failing = TestPipeline.create().enableAbandonedNodeEnforcement(false);
                numbers(failing, 50)
                        .apply(MapConcurrently.of(new Emits(), scope, four, TENFOLD))
                        .get(TENFOLD)
                        .apply(ParDo.of(new RefusesTheThird()));
                assertThatThrownBy(() -> failing.run().waitUntilFinish()).hasStackTraceContaining("no third element");
            }
            CountDownLatch allFour = new CountDownLatch(4);
            FourAtOnce.ARRIVED.set(allFour);
            numbers(pipeline, 4).apply(MapConcurrently.of(new FourAtOnce(), scope, four, TENFOLD));
            pipeline.run().waitUntilFinish();
            assertThat(allFour.getCount()).isZero();
            assertThat(launcher.permits(four).free()).isEqualTo(4);
        }
    }

    private PCollection<Integer> numbers(int count) {
        return numbers(pipeline, count);
    }

    private static PCollection<Integer> numbers(Pipeline pipeline, int count) {
        List<Integer> numbers = IntStream.range(0, count).boxed().collect(Collectors.toList());
        return pipeline.apply(Create.of(numbers));
    }

    private static MapConcurrently<Integer, Long> map(Work work, String name, int inFlight) {
        RunScope scope = RunScopes.begun(JOURNAL + name, "run", "1", Budget.NONE, Shards.of(2));
        return MapConcurrently.of(work, scope, new InFlightLimit(name, inFlight), TENFOLD);
    }

    private static Failure failure(int number) {
        return Failure.newBuilder()
                .setStep("test")
                .setElementId(Integer.toString(number))
                .setKind("model")
                .setMessage("odd")
                .build();
    }

    private abstract static class Work implements ConcurrentWork<Integer, Long> {
        @Override
        public void open(Worker worker) {}

        @Override
        public void emit(Long done, MultiOutputReceiver out) {
            out.get(TENFOLD).output(done);
        }

        @Override
        public Failure.Builder failureOf(Integer number) {
            return Failure.newBuilder().setStep("test").setElementId(number.toString());
        }

        @Override
        public void count(Long done, Progress progress) {
            progress.add(Counter.SUMMARIES, 1);
        }
    }

    private static final class OddOnesFail extends Work {
        @Override
        public Long apply(Integer number) throws ElementFailedException {
            if (number % 2 == 1) {
                throw new ElementFailedException(failure(number), null);
            }
            return number * 10L;
        }
    }

    private static class Buggy extends Work {
        @Override
        public Long apply(Integer number) {
            switch (number) {
                case 17 -> throw new IllegalStateException("a bug at 17");
                case 18 -> endless(1);
                case 19 -> throw new NoClassDefFoundError("no/Such");
                case 20 -> throw new AssertionError(20);
                default -> {}
            }
            return number * 10L;
        }

        private static int endless(int depth) {
            return endless(depth + 1) + 1;
        }
    }

    private static final class Replaced extends Buggy {
        @Override
        public Optional<Long> inPlaceOf(Integer number, Failure failure) {
            return Optional.of(-(long) number);
        }
    }

    private static final class DeadStore extends Work {
        @Override
        public Long apply(Integer number) {
            if (number == 17) {
                throw new IllegalStateException(new JournalException("no space left"));
            }
            return 0L;
        }
    }

    /** Each element waits until the limit is reached once, so that the most in flight is known exactly. */
    private static final class CountsInFlight extends Work {
        static final AtomicInteger NOW = new AtomicInteger();
        static final AtomicInteger MOST = new AtomicInteger();

        @Override
        public Long apply(Integer number) throws InterruptedException {
            synchronized (MOST) {
                MOST.accumulateAndGet(NOW.incrementAndGet(), Math::max);
                MOST.notifyAll();
                while (MOST.get() < 7) {
                    MOST.wait();
                }
            }
            NOW.decrementAndGet();
            return 0L;
        }
    }

    private static final class Emits extends Work {
        @Override
        public Long apply(Integer number) {
            return number * 10L;
        }
    }

    private static final class RefusesTheThird extends DoFn<Long, Long> {
        private static final long serialVersionUID = 1L;

        @ProcessElement
        public void process(@Element Long number) {
            if (number == 30) {
                throw new IllegalStateException("no third element");
            }
        }
    }

    /** Ends only when four are in flight at once. */
    private static final class FourAtOnce extends Work {
        static final AtomicReference<CountDownLatch> ARRIVED = new AtomicReference<>();

        @Override
        public Long apply(Integer number) throws InterruptedException {
            ARRIVED.get().countDown();
            ARRIVED.get().await();
            return 0L;
        }
    }
}
