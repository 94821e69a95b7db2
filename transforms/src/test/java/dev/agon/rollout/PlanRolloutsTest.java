package dev.agon.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.runtime.Budget;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.RunScopes;
import dev.agon.schemas.Failure;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.TaskRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.WithFailures;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

class PlanRolloutsTest {

    private static final RefinementContext SHARED =
            new RefinementContext("a/1/shared", "a", 1, List.of("a/0/2", "a/0/0"), "others tried");

    private final Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    // What counts progress and money in the background may write there after the pipeline has ended.
    @TempDir(deletionStrategy = TempDirDeletionStrategy.IgnoreFailures.class)
    Path folder;

    @Test
    void theFirstIterationIsToldNothingAndLosesNoSlot() {
        WithFailures.Result<PCollection<RolloutPlan>, Failure> planned =
                tasks("a").apply(PlanRollouts.first(2, scope(Budget.NONE)));
        PAssert.that(planned.output()).satisfies(plans -> {
            assertThat(plans).extracting(RolloutPlan::getRolloutId).containsExactlyInAnyOrder("a/0/0", "a/0/1");
            assertThat(plans).extracting(RolloutPlan::getContext).containsOnlyNulls();
            assertThat(plans).extracting(RolloutPlan::getSeed).doesNotHaveDuplicates();
            return null;
        });
        PAssert.that(planned.failures()).empty();
        pipeline.run().waitUntilFinish();
    }

    @Test
    void slotsWithoutTheContextTheyNeedAreFailuresOfTheModelThatMadeNoSelection() {
        WithFailures.Result<PCollection<RolloutPlan>, Failure> planned = later(true, Budget.NONE);
        PAssert.that(planned.output()).satisfies(plans -> {
            assertThat(plans).extracting(RolloutPlan::getRolloutId).containsExactlyInAnyOrder("a/1/0", "a/1/1");
            assertThat(plans).allSatisfy(plan -> {
                assertThat(plan.getContextId()).isEqualTo("a/1/shared");
                assertThat(plan.getContext()).isEqualTo("others tried");
                assertThat(plan.getContextRolloutIds()).containsExactly("a/0/2", "a/0/0");
            });
            return null;
        });
        PAssert.that(planned.failures()).satisfies(failures -> {
            assertThat(failures).extracting(Failure::getElementId).containsExactlyInAnyOrder("b/1/0", "b/1/1");
            assertThat(failures).allSatisfy(failure -> {
                assertThat(failure.getStep()).isEqualTo("rollout");
                assertThat(failure.getTaskId()).isEqualTo("b");
                assertThat(failure.getKind()).isEqualTo("model");
                assertThat(failure.getMessage()).contains("no refinement context", "run again");
            });
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    @Test
    void inAStoppedRunTheyAreStopped() {
        WithFailures.Result<PCollection<RolloutPlan>, Failure> planned = later(true, new Budget(0.0, null));
        PAssert.that(planned.failures()).satisfies(failures -> {
            assertThat(failures).extracting(Failure::getKind).containsExactly("stopped", "stopped");
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    @Test
    void slotsThatNeedNoContextStartWithoutOne() {
        WithFailures.Result<PCollection<RolloutPlan>, Failure> planned = later(false, Budget.NONE);
        PAssert.that(planned.output()).satisfies(plans -> {
            List<RolloutPlan> told = new ArrayList<>();
            plans.forEach(told::add);
            assertThat(told).hasSize(4);
            assertThat(told).filteredOn(plan -> plan.getContextId() == null).hasSize(2);
            return null;
        });
        PAssert.that(planned.failures()).empty();
        pipeline.run().waitUntilFinish();
    }

    @Test
    void aBugIsTheFailureOfItsTask() {
        WithFailures.Result<PCollection<RolloutPlan>, Failure> planned =
                tasks("a").apply(PlanRollouts.first(2, null));
        PAssert.that(planned.output()).empty();
        PAssert.that(planned.failures()).satisfies(failures -> {
            assertThat(failures).singleElement().satisfies(failure -> {
                assertThat(failure.getElementId()).isEqualTo("a");
                assertThat(failure.getKind()).isEqualTo("bug");
                assertThat(failure.getDetail()).contains("NullPointerException", "Slots");
            });
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    /** Two slots each of the tasks a and b in iteration 1, of which only a has a context. */
    private WithFailures.Result<PCollection<RolloutPlan>, Failure> later(boolean contextNeeded, Budget budget) {
        PCollection<RefinementContext> contexts =
                pipeline.apply("Contexts", Create.of(SHARED).withType(TypeDescriptor.of(RefinementContext.class)));
        return tasks("a", "b").apply(PlanRollouts.of(1, 2, contexts, contextNeeded, scope(budget)));
    }

    private PCollection<TaskRef> tasks(String... ids) {
        List<TaskRef> tasks = new ArrayList<>();
        for (String id : ids) {
            tasks.add(new TaskRef(id, "task of " + id, "truth of " + id));
        }
        return pipeline.apply("Tasks", Create.of(tasks).withType(TypeDescriptor.of(TaskRef.class)));
    }

    private RunScope scope(Budget budget) {
        return RunScopes.begun(folder, "test", "1", budget);
    }
}
