package dev.agon.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.agon.journal.JournalException;
import dev.agon.schemas.Failure;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;

class MapEachTest {

    private static final TupleTag<Integer> TENFOLD = new TupleTag<>("tenfold") {};
    private static final TupleTag<String> NAMES = new TupleTag<>("names") {};

    private final Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    @Test
    void aBugIsTheFailureOfItsElementAndNothingElseOfItGoesOn() {
        PCollectionTuple mapped = map(new Buggy());
        PAssert.that(mapped.get(TENFOLD)).containsInAnyOrder(10, 20);
        PAssert.that(mapped.get(NAMES)).containsInAnyOrder("1", "2");
        expectFailures(mapped);
        pipeline.run().waitUntilFinish();
    }

    @Test
    void whatOthersWaitForGoesOnInItsPlace() {
        PCollectionTuple mapped = map(new BuggyAndMissed());
        PAssert.that(mapped.get(TENFOLD)).containsInAnyOrder(10, 20);
        PAssert.that(mapped.get(NAMES)).containsInAnyOrder("1", "2", "3 as it came", "4 as it came");
        expectFailures(mapped);
        pipeline.run().waitUntilFinish();
    }

    @Test
    void aDeadStoreEndsTheRun() {
        map((number, out) -> {
            throw new IllegalStateException(new JournalException("no space left", null));
        });
        assertThatThrownBy(() -> pipeline.run().waitUntilFinish()).hasStackTraceContaining("no space left");
    }

    @Test
    void aBugFurtherOnIsNotTheElements() {
        map(new Buggy())
                .get(TENFOLD)
                .apply(MapElements.into(TypeDescriptors.strings()).via(number -> {
                    throw new IllegalStateException("further on");
                }));
        assertThatThrownBy(() -> pipeline.run().waitUntilFinish()).hasStackTraceContaining("further on");
    }

    private static void expectFailures(PCollectionTuple mapped) {
        PAssert.that(mapped.get(MapConcurrently.FAILURES)).satisfies(failures -> {
            assertThat(failures)
                    .extracting(Failure::getStep, Failure::getTaskId, Failure::getKind, Failure::getMessage)
                    .containsExactlyInAnyOrder(
                            tuple(
                                    "count",
                                    "3",
                                    "bug",
                                    "a bug in Agon: java.lang.IllegalStateException: three; the detail says where,"
                                            + " please report it"),
                            tuple(
                                    "count",
                                    "4",
                                    "bug",
                                    "a bug in Agon: java.lang.StackOverflowError; the detail says where, please report"
                                            + " it"));
            return null;
        });
    }

    private PCollectionTuple map(MapEach.Work<Integer> work) {
        return pipeline.apply(Create.of(1, 2, 3, 4))
                .apply(MapEach.of(work, number -> MapEach.ofTask("count", number.toString()), TENFOLD, NAMES));
    }

    private static class Buggy implements MapEach.Work<Integer> {

        private transient String opened;

        @Override
        public void open() {
            opened = "";
        }

        @Override
        public void apply(Integer number, MapEach.Outputs out) {
            out.give(NAMES, opened.concat(number.toString()));
            if (number == 3) {
                throw new IllegalStateException("three");
            }
            if (number == 4) {
                throw new StackOverflowError();
            }
            out.give(TENFOLD, 10 * number);
        }
    }

    private static final class BuggyAndMissed extends Buggy {

        @Override
        public void giveInPlaceOf(Integer number, MapEach.Outputs out) {
            out.give(NAMES, number + " as it came");
        }
    }
}
