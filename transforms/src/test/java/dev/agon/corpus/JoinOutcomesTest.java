package dev.agon.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.concurrency.MapEach;
import dev.agon.schemas.CorpusOutcome;
import dev.agon.schemas.Failure;
import dev.agon.schemas.PlacedTrial;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;

class JoinOutcomesTest {

    private static final List<PlacedTrial> PLACED = List.of(
            new PlacedTrial("one", "only", "one/0/0"),
            new PlacedTrial("two", "a", "two/0/0"),
            new PlacedTrial("two", "b", "two/0/1"));

    private final Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    @Test
    void aFileOfOutcomesCountsMoreThanTheTrajectorysOwn() {
        PCollectionTuple joined =
                join(outcome("two", "a", 0, 0), outcome("two", "a", 1, 1), outcome("two", "b", 0.5, 0));
        PAssert.that(joined.get(JoinOutcomes.GRADES)).satisfies(grades -> {
            assertThat(grades)
                    .extracting(grade -> grade.getRolloutId() + " " + grade.getResolved() + " " + grade.getReward())
                    .containsExactlyInAnyOrder("two/0/0 true 1.0", "two/0/1 false 0.5");
            return null;
        });
        PAssert.that(joined.get(MapConcurrently.FAILURES)).empty();
        pipeline.run().waitUntilFinish();
    }

    @Test
    void anOutcomeWithoutATrialIsOfTheOneAttemptAndOtherwiseAmbiguous() {
        PCollectionTuple joined = join(
                outcome("one", null, 1, 1),
                outcome("two", null, 1, 1),
                outcome("two", "c", 1, 1),
                outcome("three", null, 1, 1));
        PAssert.that(joined.get(JoinOutcomes.GRADES)).satisfies(grades -> {
            assertThat(grades).extracting(grade -> grade.getRolloutId()).containsExactly("one/0/0");
            return null;
        });
        PAssert.that(joined.get(MapConcurrently.FAILURES)).satisfies(failures -> {
            assertThat(failures)
                    .extracting(Failure::getMessage)
                    .containsExactlyInAnyOrder(
                            "an outcome was left out: task `two` has 2 attempts: say of which the outcome is (column"
                                    + " `trial`)",
                            "an outcome was left out: task `two` has no attempt `c` in the corpus");
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    private PCollectionTuple join(CorpusOutcome... outcomes) {
        return KeyedPCollectionTuple.of(
                        JoinOutcomes.PLACED,
                        pipeline.apply("Placed", Create.of(PLACED))
                                .apply(
                                        "PlacedByTask",
                                        WithKeys.<String, PlacedTrial>of(PlacedTrial::getTaskId)
                                                .withKeyType(TypeDescriptors.strings())))
                .and(
                        JoinOutcomes.OUTCOMES,
                        pipeline.apply("Outcomes", Create.of(List.of(outcomes)))
                                .apply(
                                        "OutcomeByTask",
                                        WithKeys.<String, CorpusOutcome>of(CorpusOutcome::getTaskId)
                                                .withKeyType(TypeDescriptors.strings())))
                .apply(CoGroupByKey.create())
                .apply(MapEach.of(
                        new JoinOutcomes(), task -> MapEach.ofTask("outcomes", task.getKey()), JoinOutcomes.GRADES));
    }

    private static CorpusOutcome outcome(String task, String trial, double reward, int rank) {
        return new CorpusOutcome(task, trial, reward >= 1, reward, "file", rank);
    }
}
