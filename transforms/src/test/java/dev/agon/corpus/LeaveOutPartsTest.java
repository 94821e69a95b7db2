package dev.agon.corpus;

import dev.agon.schemas.CorpusFile;
import dev.agon.schemas.CorpusOutcome;
import dev.agon.schemas.Failure;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;

class LeaveOutPartsTest {

    private final Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    @Test
    void aPartOfAnotherFileIsNoAttemptAndItsFailuresStay() {
        Failure failure = Failure.newBuilder()
                .setStep("trajectories")
                .setElementId("b")
                .setKind("bad_input")
                .setMessage("b:2: no")
                .build();
        CorpusFile whole = file("a", List.of("b", "c"));
        CorpusFile part = file("b", List.of("c"));
        part.setFailures(List.of(failure));
        CorpusFile other = file("d", List.of());

        PCollectionTuple kept = pipeline.apply(Create.of(whole, part, file("c", List.of()), other))
                .apply(new LeaveOutParts());
        PAssert.that(kept.get(LeaveOutParts.OUTCOMES))
                .containsInAnyOrder(
                        whole.getOutcomes().get(0), other.getOutcomes().get(0));
        PAssert.that(kept.get(LeaveOutParts.FAILURES)).containsInAnyOrder(failure);
        pipeline.run().waitUntilFinish();
    }

    private static CorpusFile file(String path, List<String> parts) {
        return CorpusFile.newBuilder()
                .setPath(path)
                .setOutcomes(List.of(new CorpusOutcome("task", path, true, 1.0, path, 0)))
                .setParts(parts)
                .build();
    }
}
