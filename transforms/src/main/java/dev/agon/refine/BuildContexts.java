package dev.agon.refine;

import dev.agon.concurrency.MapEach;
import dev.agon.gathering.Gather;
import dev.agon.journal.ContextJournal;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.Contender;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.TableName;
import dev.agon.tables.WithRows;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

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
                        MapEach.of(
                                new WriteContexts(plan, scope),
                                task -> MapEach.ofTask("refine", task.getKey()),
                                CONTEXTS));
        return WithRows.of(written, CONTEXTS).and(TableName.CONTEXTS, written.get(CONTEXTS));
    }

    private static final class WriteContexts implements MapEach.Work<KV<String, List<Contender>>> {

        private final RefinementPlan plan;
        private final RunScope scope;
        private transient ContextWriter writer;
        private transient ContextJournal bought;

        WriteContexts(RefinementPlan plan, RunScope scope) {
            this.plan = plan;
            this.scope = scope;
        }

        @Override
        public void open() {
            writer = new ContextWriter(plan);
            bought = new ContextJournal(
                    scope.journalStore().open(), scope.controlStore().run());
        }

        @Override
        public void apply(KV<String, List<Contender>> task, MapEach.Outputs out) {
            for (RefinementContext written : writer.write(task.getKey(), task.getValue())) {
                out.give(CONTEXTS, bought.find(written.getContextId()).orElse(written));
            }
        }
    }
}
