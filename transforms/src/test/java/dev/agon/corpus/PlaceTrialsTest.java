package dev.agon.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.concurrency.MapEach;
import dev.agon.schemas.CorpusEntry;
import dev.agon.schemas.Failure;
import dev.agon.schemas.PlacedTrial;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutRow;
import dev.agon.schemas.TaskRow;
import dev.agon.tables.LongRollout;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;

class PlaceTrialsTest {

    private final Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    @Test
    void attemptsGetTheirPlacesInTheOrderOfTheirNamesAndASecondOneOfANameIsAFailure() {
        PCollectionTuple placed =
                place(entry("b", "two", "1"), entry("a", "x", "1"), entry("b", "one", "1"), entry("b", "two", "2"));
        PAssert.that(placed.get(PlaceTrials.PLACED))
                .containsInAnyOrder(
                        new PlacedTrial("a", "x", "a/0/0"),
                        new PlacedTrial("b", "one", "b/0/0"),
                        new PlacedTrial("b", "two", "b/0/1"));
        PAssert.that(placed.get(PlaceTrials.REFS)).satisfies(refs -> {
            assertThat(refs)
                    .extracting(ref -> ref.getRolloutId() + " " + ref.getIndex() + " " + ref.getJournalKey())
                    .containsExactlyInAnyOrder("a/0/0 0 a/x/1", "b/0/0 0 b/one/1", "b/0/1 1 b/two/1");
            return null;
        });
        PAssert.that(placed.get(PlaceTrials.ROLLOUTS)).satisfies(rows -> {
            List<RolloutRow> all = new ArrayList<>();
            rows.forEach(all::add);
            assertThat(all)
                    .extracting(row -> row.getRollout().getRolloutId() + " "
                            + row.getRollout().getTrial())
                    .containsExactlyInAnyOrder("a/0/0 x", "b/0/0 one", "b/0/1 two");
            return null;
        });
        PAssert.that(placed.get(PlaceTrials.TASKS)).satisfies(tasks -> {
            assertThat(tasks).extracting(TaskRow::getTaskId).containsExactlyInAnyOrder("a", "b");
            return null;
        });
        PAssert.that(placed.get(MapConcurrently.FAILURES)).satisfies(failures -> {
            assertThat(failures)
                    .extracting(Failure::getMessage)
                    .containsExactly("the attempt `two` at task `b` is also in b/two/1, which was taken: give attempts"
                            + " names of their own");
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    @Test
    void anAttemptForWhichThereIsNoPlaceIsAFailure() {
        PCollectionTuple placed =
                place(entry("a", "1", "f"), entry("a", "4", "f"), entry("a", "3", "f"), entry("a", "2", "f"));
        PAssert.that(placed.get(PlaceTrials.PLACED))
                .containsInAnyOrder(
                        new PlacedTrial("a", "1", "a/0/0"),
                        new PlacedTrial("a", "2", "a/0/1"),
                        new PlacedTrial("a", "3", "a/0/2"));
        PAssert.that(placed.get(MapConcurrently.FAILURES)).satisfies(failures -> {
            assertThat(failures)
                    .extracting(Failure::getMessage)
                    .containsExactly("the attempt `4` at task `a` is one too many: 3 attempts at one task are selected"
                            + " from, in the order of their names. Replay parts of the corpus");
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    private PCollectionTuple place(CorpusEntry... entries) {
        return pipeline.apply(Create.of(List.of(entries)))
                .apply(WithKeys.<String, CorpusEntry>of(CorpusEntry::getTaskId).withKeyType(TypeDescriptors.strings()))
                .apply(GroupByKey.create())
                .apply(MapEach.of(
                        new PlaceTrials("corpus", 3),
                        task -> MapEach.ofTask("trajectories", task.getKey()),
                        PlaceTrials.REFS,
                        PlaceTrials.ROLLOUTS,
                        PlaceTrials.TASKS,
                        PlaceTrials.PLACED));
    }

    private static CorpusEntry entry(String task, String trial, String file) {
        String source = task + "/" + trial + "/" + file;
        Rollout rollout = Rollout.newBuilder(LongRollout.of(""))
                .setRolloutId("")
                .setTaskId(task)
                .setTrial(trial)
                .setSource(source)
                .setSteps(List.of())
                .build();
        return new CorpusEntry(task, trial, "do it", rollout, source, null);
    }
}
