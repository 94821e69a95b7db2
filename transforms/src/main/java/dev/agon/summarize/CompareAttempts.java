package dev.agon.summarize;

import dev.agon.concurrency.MapEach;
import dev.agon.evidence.Agreement;
import dev.agon.evidence.Agreement.Sketches;
import dev.agon.gathering.Gather;
import dev.agon.schemas.Contender;
import dev.agon.schemas.SummarizedRollout;
import dev.agon.schemas.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Adds to each summary how far its rollout agrees with the others of its task.
 *
 * <p>In: the summaries of one iteration, with sketches. Out: contenders and rows of summaries, each with one more line in its
 * text. The summaries of one task are in memory at once: some tens of KB each. A bug leaves those of its task as they came.
 */
final class CompareAttempts extends PTransform<PCollection<SummarizedRollout>, PCollectionTuple> {

    private final int rolloutsPerTask;

    /** @param rolloutsPerTask most rollouts that a task can have */
    CompareAttempts(int rolloutsPerTask) {
        this.rolloutsPerTask = rolloutsPerTask;
    }

    @Override
    public PCollectionTuple expand(PCollection<SummarizedRollout> summarized) {
        return summarized
                .apply(
                        "Gather",
                        Gather.byTask(
                                each -> each.getSummary().getTaskId(),
                                (one, other) -> Integer.compare(
                                        one.getContender().getIndex(),
                                        other.getContender().getIndex()),
                                rolloutsPerTask))
                .apply(
                        "Compare",
                        MapEach.of(
                                new Compare(),
                                task -> MapEach.ofTask("summarize", task.getKey()),
                                SummarizeRollout.CONTENDERS,
                                SummarizeRollout.SUMMARIES));
    }

    /** The summaries of one task, in the order of their rollouts' places. */
    static List<SummarizedRollout> compared(List<SummarizedRollout> attempts) {
        List<String> lines = Agreement.lines(attempts.stream()
                .map(each -> new Sketches(each.getWritten(), each.getShown()))
                .collect(Collectors.toList()));
        List<SummarizedRollout> compared = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            Summary summary = attempts.get(i).getSummary();
            String text = summary.getText() + "\n" + lines.get(i);
            compared.add(new SummarizedRollout(
                    Summary.newBuilder(summary).setText(text).build(),
                    Contender.newBuilder(attempts.get(i).getContender())
                            .setText(text)
                            .build(),
                    List.of(),
                    List.of()));
        }
        return compared;
    }

    private static final class Compare implements MapEach.Work<KV<String, List<SummarizedRollout>>> {

        @Override
        public void apply(KV<String, List<SummarizedRollout>> task, MapEach.Outputs out) {
            give(compared(task.getValue()), out);
        }

        @Override
        public void giveInPlaceOf(KV<String, List<SummarizedRollout>> task, MapEach.Outputs out) {
            give(task.getValue(), out);
        }

        private static void give(List<SummarizedRollout> attempts, MapEach.Outputs out) {
            for (SummarizedRollout each : attempts) {
                out.give(SummarizeRollout.CONTENDERS, each.getContender());
                out.give(SummarizeRollout.SUMMARIES, each.getSummary());
            }
        }
    }
}
