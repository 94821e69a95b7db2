package dev.agon.refine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.journal.ContextJournal;
import dev.agon.prompts.Prompts;
import dev.agon.runtime.Budget;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.RunScopes;
import dev.agon.schemas.Contender;
import dev.agon.schemas.RefinementContext;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

/** What becomes of a context when another population stands than the one its rollouts were bought under. */
class BuildContextsTest {

    // What counts progress and money in the background may write there after the pipeline has ended.
    @TempDir(deletionStrategy = TempDirDeletionStrategy.IgnoreFailures.class)
    Path folder;

    @Test
    void aContextUnderWhichRolloutsWereBoughtStaysWhateverPopulationStandsNow() {
        RefinementContext before = context("t/0/4", "t/0/1");
        new ContextJournal(scope("run").journalStore().open(), "run").put(before);
        expect("run", List.of(0, 1, 2), before);
    }

    @Test
    void whatWasOnlyBuiltIsBuiltAnew() {
        expect("run", List.of(4, 1), context("t/0/4", "t/0/1"));
        expect("run", List.of(0, 1), context("t/0/0", "t/0/1"));
    }

    @Test
    void anotherRunHasItsOwnContexts() {
        new ContextJournal(scope("run").journalStore().open(), "run").put(context("t/0/4", "t/0/1"));
        expect("another run", List.of(0, 1), context("t/0/0", "t/0/1"));
    }

    private void expect(String run, List<Integer> survivors, RefinementContext expected) {
        TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
        List<Contender> contenders = IntStream.range(0, survivors.size())
                .mapToObj(place -> contender(survivors.get(place), place))
                .toList();
        PCollection<RefinementContext> contexts = pipeline.apply(
                        Create.of(contenders).withType(TypeDescriptor.of(Contender.class)))
                .apply(BuildContexts.of(
                        new RefinementPlan(ContextMode.SELECT, 4, 8, 1, 7, Prompts.SHIPPED), scope(run)))
                .output();
        PAssert.that(contexts).satisfies(built -> {
            assertThat(built).singleElement().satisfies(context -> {
                assertThat(context.getContextId()).isEqualTo(expected.getContextId());
                assertThat(context.getRolloutIds()).isEqualTo(expected.getRolloutIds());
                assertThat(context.getText()).contains(expected.getText());
            });
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    /** Of which the text of the first rollout stands for the whole. */
    private static RefinementContext context(String... rolloutIds) {
        return new RefinementContext("t/1/shared", "t", 1, List.of(rolloutIds), "summary of " + rolloutIds[0]);
    }

    private static Contender contender(int index, int place) {
        return Contender.newBuilder()
                .setRolloutId("t/0/" + index)
                .setTaskId("t")
                .setIteration(0)
                .setIndex(index)
                .setStatement("do it")
                .setText("summary of t/0/" + index)
                .setRank(place)
                .build();
    }

    private RunScope scope(String run) {
        return RunScopes.begun(folder, run, "1", Budget.NONE);
    }
}
