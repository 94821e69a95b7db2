package dev.agon.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.journal.BlobKind;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.pipelines.Agon;
import dev.agon.rollout.JournaledRollout;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import dev.agon.stores.JournalStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowCommandTest {

    private static final String ID = "count errors/0/3";

    @TempDir
    Path folder;

    private JournalStore store;
    private Journal journal;

    @BeforeEach
    void openJournal() {
        store = new JournalStore(folder.resolve("run.journal").toString());
        journal = store.open();
    }

    @Test
    void eachAnswerIsPrintedAtOnceAndItsObservationOnceItIsThere() throws Exception {
        step("aa", 1, false, 0);
        ShowCommand.Followed followed = followed();
        assertThat(printed(followed)).contains("Step 1", "answer 1").doesNotContain("observation 1");
        assertThat(printed(followed)).isEmpty();
        step("aa", 1, true, 0);
        step("aa", 2, false, 0);
        assertThat(printed(followed))
                .contains("observation 1", "Step 2", "answer 2")
                .doesNotContain("answer 1");
        assertThat(followed.look()).isFalse();
    }

    @Test
    void theFinishedRolloutBringsTheStepsThatWereNotSeenAndEndsIt() throws Exception {
        step("aa", 1, true, 0);
        ShowCommand.Followed followed = followed();
        assertThat(printed(followed)).contains("observation 1");
        finish("aa", 2);
        journal.remove(key("aa", 1));
        assertThat(printed(followed))
                .contains("answer 2", "observation 2", "the change", "submitted, 2 steps")
                .doesNotContain("answer 1");
        assertThat(followed.look()).isTrue();
    }

    @Test
    void aRolloutThatGoesOnUnderAnotherLimitIsInProgress() throws Exception {
        finish("aa", 1);
        step("aa", 2, true, 0);
        ShowCommand.Followed followed = followed();
        assertThat(printed(followed)).contains("answer 1", "answer 2").doesNotContain("the change");
        assertThat(followed.look()).isFalse();
    }

    @Test
    void ofARolloutUnderSeveralConfigurationsTheOneThatStartedLastIsShown() throws Exception {
        step("aa", 1, true, 1000);
        step("bb", 1, true, 2000);
        step("bb", 2, true, 2000);
        step("cc", 1, true, 500);
        assertThat(agon("show", folder.resolve("run").toString(), ID).text)
                .contains("3 times, under different configurations", "Step 2", "is in progress");
    }

    @Test
    void followingARolloutThatIsFinishedPrintsAllOfItAndEnds() throws Exception {
        finish("aa", 2);
        Outcome outcome = agon("show", folder.resolve("run").toString(), ID, "--follow");
        assertThat(outcome.exitCode).isZero();
        assertThat(outcome.text).contains("be careful", "answer 1", "observation 2", "the change");
    }

    @Test
    void aRolloutThatIsNowhereIsAnErrorThatNamesTheNearest() throws Exception {
        step("aa", 1, true, 0);
        Outcome outcome =
                agon("show", folder.resolve("elsewhere").toString(), "count errors/0/4", "--journal", store.location());
        assertThat(outcome.exitCode).isEqualTo(2);
        assertThat(outcome.errors).contains("did you mean " + ID + "?");
        assertThat(agon("show", folder.resolve("none").toString(), "a/0/0", "--follow").errors)
                .contains("there are no rollouts in", "none.journal", "--journal");
    }

    private ShowCommand.Followed followed() throws Exception {
        return new ShowCommand.Followed(
                JournaledRollout.find(store, ID).orElseThrow(), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private String printed(ShowCommand.Followed followed) {
        printed.reset();
        followed.look();
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static JournalKey key(String hash, int number) {
        return rollout(hash).step(number);
    }

    private static JournalKey rollout(String letters) {
        return new JournalKey(BlobKind.ROLLOUTS, ID, letters.repeat(16));
    }

    private void step(String hash, int number, boolean observed, long startedAt) {
        journal.put(
                key(hash, number), new RecordedStep(step(number, observed), observed, Instant.ofEpochMilli(startedAt)));
    }

    private static Step step(int number, boolean observed) {
        return Step.newBuilder()
                .setNumber(number)
                .setMessage("answer " + number)
                .setObservation(observed ? "observation " + number : null)
                .setInputTokens(10)
                .setCachedTokens(0)
                .setOutputTokens(2)
                .setCostUsd(0)
                .setModelMs(5)
                .build();
    }

    private void finish(String hash, int steps) {
        Rollout rollout = Rollout.newBuilder()
                .setRolloutId(ID)
                .setTaskId("count errors")
                .setIteration(0)
                .setIndex(3)
                .setOutcome("submitted")
                .setExitStatus("Submitted")
                .setSubmission("the change")
                .setSystemPrompt("be careful")
                .setTaskPrompt("count them")
                .setSteps(IntStream.rangeClosed(1, steps)
                        .mapToObj(number -> step(number, true))
                        .toList())
                .setStepCount(steps)
                .setModelCalls(steps)
                .setInputTokens(20)
                .setCachedTokens(0)
                .setOutputTokens(4)
                .setCostUsd(0)
                .setCostUsdPaid(0)
                .setStartedAt(Instant.EPOCH)
                .setDurationMs(10)
                .setModel("repair/repair")
                .setSeed(1)
                .build();
        journal.put(rollout(hash), new RecordedRollout(rollout, List.of(), "any"));
    }

    private record Outcome(int exitCode, String text, String errors) {}

    private static Outcome agon(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            int exitCode = Agon.execute(args);
            return new Outcome(
                    exitCode, text.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
