package dev.agon.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.journal.BlobKind;
import dev.agon.journal.FolderBlobs;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.journal.Progress;
import dev.agon.schemas.Failure;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournaledStepsTest {

    private static final JournalKey ROLLOUT = new JournalKey(BlobKind.ROLLOUTS, "t/0/3", "abc");

    @TempDir
    Path folder;

    private Journal journal;
    private int firsts;

    @BeforeEach
    void open() {
        journal = new Journal(new FolderBlobs(folder));
    }

    @Test
    void stepsAreFoundUpToTheFirstThatIsNotThere() {
        steps(List.of()).put(step(1, true));
        steps(List.of()).put(step(2, false));
        steps(List.of()).put(step(4, true));
        JournaledSteps resumed = steps(List.of());
        assertThat(resumed.find(1)).contains(step(1, true));
        assertThat(resumed.find(2)).contains(step(2, false));
        assertThat(resumed.find(3)).isEmpty();
        assertThat(resumed.find(4)).as("after a gap").isEmpty();
        assertThat(folder.resolve("steps/t/0/3/abc/00001")).exists();
    }

    @Test
    void aDamagedStepAndThoseAfterItAreBoughtAgain() throws Exception {
        steps(List.of()).put(step(1, true));
        steps(List.of()).put(step(2, true));
        Path damaged = folder.resolve("steps/t/0/3/abc/00001");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length - 1] ^= 1;
        Files.write(damaged, bytes);
        JournaledSteps resumed = steps(List.of());
        assertThat(resumed.find(1)).isEmpty();
        assertThat(resumed.find(2)).isEmpty();
        resumed.put(step(1, false));
        resumed.put(step(1, true));
        assertThat(steps(List.of()).find(1)).isPresent();
        assertThat(steps(List.of()).find(2)).as("of another conversation").isEmpty();
    }

    @Test
    void stepsOfARolloutThatEndedAtAnotherLimitComeFirst() {
        steps(List.of()).put(step(2, true));
        JournaledSteps resumed = steps(List.of(step(1, true)));
        assertThat(resumed.find(1)).contains(step(1, true));
        assertThat(resumed.find(2)).contains(step(2, true));
    }

    @Test
    void stepsBeyondALowerLimitAreKeptForAHigherOne() {
        JournaledSteps lower = steps(List.of(step(1, true), step(2, true), step(3, true)));
        lower.find(1);
        lower.keepThoseBeyond(1);
        lower.finished();
        JournaledSteps higher = steps(List.of(step(1, true)));
        assertThat(higher.find(1)).contains(step(1, true));
        assertThat(higher.find(2)).contains(step(2, true));
        assertThat(higher.find(3)).contains(step(3, true));
        assertThat(higher.find(4)).isEmpty();
    }

    @Test
    void aFailureCarriesWhatWasUsedAndWhatOfItWasBoughtNow() {
        steps(List.of()).put(step(1, true));
        JournaledSteps resumed = steps(List.of());
        resumed.find(1);
        resumed.find(2);
        resumed.put(step(2, false));
        resumed.put(step(2, true));
        Failure failure = resumed.account()
                .into(Failure.newBuilder()
                        .setStep("rollout")
                        .setElementId("t/0/3")
                        .setKind("model")
                        .setMessage("m")
                        .build());
        assertThat(failure.getModelCalls()).isEqualTo(2);
        assertThat(failure.getModelCallsPaid()).isEqualTo(1);
        assertThat(failure.getTokens()).isEqualTo(24);
        assertThat(failure.getCostUsd()).isEqualTo(1.0);
        assertThat(failure.getCostUsdPaid()).isEqualTo(0.5);
    }

    @Test
    void whatBindsARolloutIsDoneBeforeItsFirstAnswerIsKept() {
        steps(List.of()).put(step(1, false));
        assertThat(firsts).isEqualTo(1);
        steps(List.of()).put(step(1, true));
        steps(List.of()).put(step(2, false));
        assertThat(firsts).isEqualTo(1);
    }

    @Test
    void theStepsOfAFinishedRolloutAreRemoved() {
        JournaledSteps steps = steps(List.of());
        steps.put(step(1, true));
        steps.put(step(2, true));
        steps.finished();
        assertThat(steps(List.of()).find(1)).isEmpty();
        assertThat(folder.resolve("steps/t/0/3/abc/00002")).doesNotExist();
    }

    private JournaledSteps steps(List<RecordedStep> earlier) {
        return new JournaledSteps(journal, ROLLOUT, earlier, new Progress(), () -> firsts++);
    }

    private static RecordedStep step(int number, boolean observed) {
        Step step = Step.newBuilder()
                .setNumber(number)
                .setMessage("m")
                .setInputTokens(10)
                .setCachedTokens(0)
                .setOutputTokens(2)
                .setCostUsd(0.5)
                .setModelMs(1)
                .build();
        return new RecordedStep(step, observed, Instant.EPOCH);
    }
}
