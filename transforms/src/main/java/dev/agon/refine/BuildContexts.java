package dev.agon.refine;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.gathering.Gather;
import dev.agon.journal.ContextJournal;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.Contender;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.TableName;
import dev.agon.tables.WithRows;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Builds what the rollouts of the next iteration are told.
 *
 * <p>In: contenders of any number of tasks, the survivors of a tournament when the mode is {@code select}, else all. Out: the
 * contexts of each task: one that all rollouts share, or one for each slot. A context under which this run has bought rollouts
 * before is the one in its journal, whoever stands now. They are rows of their table too. A bug is the failure of its task.
 */
public final class BuildContexts extends PTransform<PCollection<Contender>, WithRows<RefinementContext>> {

    private static final TupleTag<RefinementContext> CONTEXTS = new TupleTag<>("contexts") {};

    private final RefinementPlan plan;
    private final RunScope scope;

    private BuildContexts(RefinementPlan plan, RunScope scope) {
        this.plan = plan;
        this.scope = scope;
    }

    /**
     * @param plan how contexts are made
     * @param scope the run
     */
    public static BuildContexts of(RefinementPlan plan, RunScope scope) {
        return new BuildContexts(plan, scope);
    }

    @Override
    public WithRows<RefinementContext> expand(PCollection<Contender> contenders) {
        PCollectionTuple written = contenders
                .apply(
                        "Gather",
                        Gather.byTask(
                                Contender::getTaskId,
                                (one, other) -> Integer.compare(one.getIndex(), other.getIndex()),
                                plan.rollouts()))
                .apply(
                        "Write",
                        ParDo.of(new WriteContexts(plan, scope))
                                .withOutputTags(CONTEXTS, TupleTagList.of(MapConcurrently.FAILURES)));
        return WithRows.of(written, CONTEXTS).and(TableName.CONTEXTS, written.get(CONTEXTS));
    }

    private static final class WriteContexts extends DoFn<KV<String, List<Contender>>, RefinementContext> {

        private final RefinementPlan plan;
        private final RunScope scope;
        private transient ContextWriter writer;
        private transient ContextJournal bought;

        WriteContexts(RefinementPlan plan, RunScope scope) {
            this.plan = plan;
            this.scope = scope;
        }

        @Setup
        public void setup() {
            writer = new ContextWriter(plan);
            bought = new ContextJournal(
                    scope.journalStore().open(), scope.controlStore().run());
        }

        @ProcessElement
        public void process(@Element KV<String, List<Contender>> task, MultiOutputReceiver out) {
            List<RefinementContext> contexts = List.of();
            try {
                contexts = writer.write(task.getKey(), task.getValue());
            } catch (RuntimeException | StackOverflowError bug) {
                MapConcurrently.addBug("refine", task.getKey(), bug, out);
            }
            for (RefinementContext written : contexts) {
                out.get(CONTEXTS).output(bought.find(written.getContextId()).orElse(written));
            }
        }
    }
}
