package dev.agon.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.journal.BlobKind;
import dev.agon.journal.Blobs;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalCheck;
import dev.agon.journal.JournalCheck.Damage;
import dev.agon.journal.JournalCheck.Findings;
import dev.agon.journal.JournalCleaning;
import dev.agon.journal.JournalCleaning.Removal;
import dev.agon.journal.JournalContents;
import dev.agon.journal.JournalContents.Total;
import dev.agon.journal.JournalKey;
import dev.agon.journal.NoJournalException;
import dev.agon.journal.StoredBlob;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Selection;
import dev.agon.schemas.Step;
import dev.agon.stores.BlobsTest.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statistics, verification and cleaning of a journal, over both kinds of store. */
class JournalUpkeepTest {

    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final JournalKey ROLLOUT = JournalKey.of(BlobKind.ROLLOUTS, "task/0/1", "inputs");
    private static final JournalKey SELECTION = JournalKey.of(BlobKind.GRADES, "task/0", "inputs");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void statisticsCountBlobsAndBytesByKind(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        new Journal(blobs).put(SELECTION, selection());
        long entry = Files.size(folder.resolve(SELECTION.blobName()));
        blobs.put("ledger/run/worker.json", bytes("{}"));
        blobs.put("notes", bytes("mine"));
        Files.write(folder.resolve("ledger/half.1-1.part"), new byte[7]);
        JournalContents contents = JournalContents.of(blobs);
        assertThat(contents.byKind()).containsOnlyKeys("", "ledger", "schemas", "grades");
        assertThat(contents.byKind())
                .containsEntry("", new Total(1, 4))
                .containsEntry("ledger", new Total(1, 2))
                .containsEntry("grades", new Total(1, entry));
        assertThat(contents.unfinished()).isEqualTo(new Total(1, 7));
    }

    @ParameterizedTest
    @EnumSource
    void verificationNamesEachDamagedEntryAndWhatIsWrong(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        Journal journal = new Journal(blobs);
        journal.put(SELECTION, selection());
        blobs.put("ledger/run/0123456789abcdef0123456789abcdef", bytes("not an entry"));
        blobs.put("rollouts/part-0.parquet", bytes("not an entry"));
        assertThat(JournalCheck.of(blobs)).isEqualTo(new Findings(1, List.of()));

        JournalKey flipped = JournalKey.of(BlobKind.GRADES, "task/1", "inputs");
        JournalKey cut = JournalKey.of(BlobKind.GRADES, "task/2", "inputs");
        byte[] whole = Files.readAllBytes(folder.resolve(SELECTION.blobName()));
        byte[] changed = whole.clone();
        changed[whole.length - 1] ^= 1;
        blobs.put(flipped.blobName(), changed);
        blobs.put(cut.blobName(), Arrays.copyOf(whole, 9));
        assertThat(JournalCheck.of(blobs).entries()).isEqualTo(3);
        assertThat(JournalCheck.of(blobs).damaged())
                .containsExactly(
                        new Damage(flipped.blobName(), "does not match its checksum"),
                        new Damage(cut.blobName(), "is cut short or is no journal entry"));

        journal.put(ROLLOUT, rollout(1));
        List<String> schemas = blobs.list("schemas");
        for (String schema : schemas) {
            blobs.put(schema, bytes("{"));
        }
        assertThat(JournalCheck.of(blobs).damaged())
                .as("entries are read with the program's own schemas")
                .extracting(Damage::blob)
                .containsExactlyElementsOf(
                        Stream.concat(Stream.of(flipped.blobName(), cut.blobName()), schemas.stream())
                                .toList());
        for (String schema : schemas) {
            blobs.delete(schema);
        }
        assertThat(JournalCheck.of(blobs).damaged())
                .as("a journal without schemas is one still")
                .hasSize(2);
    }

    /** What a power cut can leave, of every kind of blob: nothing, or the beginning. */
    @ParameterizedTest
    @EnumSource
    void verificationNamesWhatIsEmptyOrTornOfEveryKindAndCleaningLeavesLedgersToTheirRuns(Store store)
            throws Exception {
        Blobs blobs = store.in(folder);
        new Journal(blobs).put(SELECTION, selection());
        byte[] whole = blobs.get(SELECTION.blobName()).orElseThrow();
        Map<BlobKind, String> names = new EnumMap<>(BlobKind.class);
        for (BlobKind kind : BlobKind.values()) {
            if (kind.isEntry()) {
                names.put(kind, JournalKey.of(kind, "t/0", "inputs").blobName());
            }
        }
        names.put(BlobKind.STEPS, ROLLOUT.answer(1).blobName());
        names.put(BlobKind.SCHEMAS, "schemas/1f.avsc");
        names.put(BlobKind.LEDGER, "ledger/run/1/worker/3-30-0.5");
        names.put(BlobKind.PROGRESS, "progress/run/1/worker/7.json");
        names.put(BlobKind.HANDOVER, "handover/run/1/tasks/0");
        for (String name : names.values()) {
            blobs.put(name, new byte[0]);
        }
        blobs.put("ledger/run/1/old.json", new byte[0]);
        assertThat(JournalCheck.of(blobs).damaged())
                .extracting(Damage::blob)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(names.values().stream(), Stream.of("ledger/run/1/old.json"))
                                .toList());

        for (String name : names.values()) {
            blobs.put(name, Arrays.copyOf(whole, 20));
        }
        blobs.put("ledger/run/1/old.json", bytes("{\"calls\":3,\"tok"));
        List<String> torn =
                JournalCheck.of(blobs).damaged().stream().map(Damage::blob).toList();
        assertThat(torn)
                .as("what only one start needed is not looked into")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(names.values().stream(), Stream.of("ledger/run/1/old.json"))
                                .filter(name -> !name.startsWith("progress") && !name.startsWith("handover"))
                                .toList());
        assertThat(clean(blobs, false))
                .containsExactlyInAnyOrderElementsOf(torn.stream()
                        .filter(name -> JournalKey.rolloutOf(name).isPresent()
                                || name.matches("(grades|summaries|votes|contexts|corpus)/.*"))
                        .toList());
        age(Duration.ofDays(2));
        assertThat(clean(blobs, false))
                .containsExactlyInAnyOrder("handover/run/1/tasks/0", "progress/run/1/worker/7.json", "schemas/1f.avsc");
        assertThat(JournalCheck.of(blobs).damaged())
                .extracting(Damage::blob)
                .containsExactly("ledger/run/1/old.json", "ledger/run/1/worker/3-30-0.5");
    }

    @ParameterizedTest
    @EnumSource
    void cleaningRemovesStepsThatTheFinishedRolloutHolds(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        Journal journal = new Journal(blobs);
        journal.put(ROLLOUT, rollout(2));
        JournalKey running = JournalKey.of(BlobKind.ROLLOUTS, "task/0/2", "inputs");
        for (int number = 1; number <= 3; number++) {
            journal.put(step(ROLLOUT, number), recorded(number));
            journal.put(step(running, number), recorded(number));
        }
        List<String> before = names(blobs);

        List<String> removed =
                List.of(step(ROLLOUT, 1).blobName(), step(ROLLOUT, 2).blobName());
        assertThat(clean(blobs, true)).containsExactlyElementsOf(removed);
        assertThat(names(blobs)).isEqualTo(before);
        assertThat(clean(blobs, false)).containsExactlyElementsOf(removed);
        assertThat(names(blobs))
                .containsExactlyElementsOf(
                        before.stream().filter(name -> !removed.contains(name)).toList());
        assertThat(clean(blobs, false)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void stepsOfADamagedRolloutStayWhenItIsRemoved(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        Journal journal = new Journal(blobs);
        journal.put(step(ROLLOUT, 1), recorded(1));
        blobs.put(ROLLOUT.blobName(), bytes("AGJ2 and nothing more that is right"));
        assertThat(clean(blobs, false)).containsExactly(ROLLOUT.blobName());
        assertThat(journal.find(step(ROLLOUT, 1), RecordedStep.class)).contains(recorded(1));
    }

    @ParameterizedTest
    @EnumSource
    void aJournalOfAnswersOnlyIsCheckedAndStaysReadable(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        RecordedStep answer = new RecordedStep(step(1), false, NOW);
        new Journal(blobs).put(ROLLOUT.answer(1), answer);
        assertThat(JournalCheck.of(blobs)).isEqualTo(new Findings(1, List.of()));
        age(Duration.ofDays(400));
        assertThat(clean(blobs, false)).isEmpty();
        assertThat(new Journal(blobs).find(ROLLOUT.answer(1), RecordedStep.class))
                .contains(answer);
        blobs.put(ROLLOUT.answer(2).blobName(), bytes("AGJ2 and nothing more that is right"));
        assertThat(JournalCheck.of(blobs).damaged())
                .containsExactly(new Damage(ROLLOUT.answer(2).blobName(), "does not match its checksum"));
    }

    @ParameterizedTest
    @EnumSource
    void answersOfAFinishedRolloutAreRemovedWithItsSteps(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        Journal journal = new Journal(blobs);
        journal.put(ROLLOUT, rollout(1));
        for (int number = 1; number <= 2; number++) {
            journal.put(ROLLOUT.answer(number), recorded(number));
        }
        assertThat(clean(blobs, false)).containsExactly(ROLLOUT.answer(1).blobName());
    }

    @ParameterizedTest
    @EnumSource
    void cleaningRemovesWhatIsOldAndLeavesLedgersAndWhatItDoesNotKnow(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        new Journal(blobs).put(SELECTION, selection());
        for (String name : List.of(
                "ledger/run/worker.json",
                "notes/0123456789",
                "a.part/0",
                "progress/new/w.json",
                "progress/old/w.json",
                "schemas/0.avsc",
                "grades/x/new.1-1.part",
                "grades/x/old.1-1.part")) {
            blobs.put(name, bytes("something"));
        }
        age(Duration.ofDays(400));
        age("progress/new/w.json", Duration.ofDays(1).minus(MINUTE));
        age("progress/old/w.json", Duration.ofDays(1).plus(MINUTE));
        age("grades/x/new.1-1.part", Duration.ofHours(1).minus(MINUTE));
        age("grades/x/old.1-1.part", Duration.ofHours(1).plus(MINUTE));

        assertThat(clean(blobs, false)).containsExactly("grades/x/old.1-1.part", "progress/old/w.json");
        assertThat(names(blobs))
                .as("a journal in use keeps its schemas")
                .contains("ledger/run/worker.json", "notes/0123456789", "a.part/0", "schemas/0.avsc");

        age(Duration.ofDays(1).plus(MINUTE));
        assertThat(clean(blobs, false))
                .containsExactlyInAnyOrder("progress/new/w.json", "schemas/0.avsc", "grades/x/new.1-1.part");
        assertThat(new Journal(blobs).find(SELECTION, Selection.class)).contains(selection());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsHandedOverStaysUntilItsAttemptWritesNothingForADay(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        new Journal(blobs).put(SELECTION, selection());
        String hex = "0123456789abcdef0123456789abcdef";
        for (String name : List.of(
                "handover/run/1/tables/tasks/tasks-0.parquet",
                "handover/run/1/tables/.unfinished/" + hex,
                "handover/run/2/tasks-0",
                "progress/run/1/begun",
                "progress/run/2/begun",
                "progress/run/2/worker.json")) {
            blobs.put(name, bytes("something"));
        }
        assertThat(JournalCheck.of(blobs)).isEqualTo(new Findings(1, List.of()));
        age(Duration.ofDays(3));
        age(SELECTION.blobName(), MINUTE);
        age("progress/run/2/worker.json", MINUTE);
        assertThat(clean(blobs, false))
                .as("the second attempt goes on, with tasks that were handed over long ago")
                .containsExactly(
                        "handover/run/1/tables/.unfinished/" + hex,
                        "handover/run/1/tables/tasks/tasks-0.parquet",
                        "progress/run/1/begun");
    }

    @ParameterizedTest
    @EnumSource
    void aFolderThatIsNoJournalIsLeftAlone(Store store) throws Exception {
        Blobs nowhere = store.in(folder.resolve("none"));
        assertThatThrownBy(() -> JournalContents.of(nowhere))
                .isInstanceOf(NoJournalException.class)
                .hasMessage("is not there or holds nothing");
        Blobs blobs = store.in(folder);
        blobs.put("rollouts/task/0/1/0123456789abcdef0123456789abcdef", bytes("a table"));
        assertThatThrownBy(() -> clean(blobs, false))
                .isInstanceOf(NoJournalException.class)
                .hasMessageContaining("is no journal");
        assertThatThrownBy(() -> JournalCheck.of(blobs)).isInstanceOf(NoJournalException.class);
        assertThat(names(blobs)).hasSize(1);
    }

    private static List<String> clean(Blobs blobs, boolean dryRun) throws Exception {
        return new JournalCleaning(blobs, () -> NOW, dryRun)
                .run().stream().map(Removal::blob).map(StoredBlob::name).toList();
    }

    private static List<String> names(Blobs blobs) throws Exception {
        return blobs.stored().stream().map(StoredBlob::name).toList();
    }

    private void age(Duration age) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
            }
        }
    }

    private void age(String name, Duration age) throws Exception {
        Files.setLastModifiedTime(folder.resolve(name), FileTime.from(NOW.minus(age)));
    }

    private static JournalKey step(JournalKey rollout, int number) {
        return rollout.step(number);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Selection selection() {
        return Selection.newBuilder()
                .setTaskId("task")
                .setIteration(0)
                .setStage("final")
                .setRank(1)
                .setRolloutId("task/0/1")
                .build();
    }

    private static RecordedRollout rollout(int steps) {
        Rollout rollout = Rollout.newBuilder()
                .setRolloutId("task/0/1")
                .setTaskId("task")
                .setIteration(0)
                .setIndex(1)
                .setOutcome("cost_limit")
                .setExitStatus("LimitsExceeded")
                .setSubmission("")
                .setSystemPrompt("system")
                .setTaskPrompt("task")
                .setSteps(IntStream.rangeClosed(1, steps)
                        .mapToObj(JournalUpkeepTest::step)
                        .toList())
                .setStepCount(steps)
                .setModelCalls(steps)
                .setInputTokens(1)
                .setCachedTokens(0)
                .setOutputTokens(1)
                .setCostUsd(1)
                .setCostUsdPaid(1)
                .setStartedAt(NOW)
                .setDurationMs(1)
                .setModel("openai/model")
                .setSeed(7)
                .build();
        return new RecordedRollout(rollout, List.of(), "limits");
    }

    private static RecordedStep recorded(int number) {
        return new RecordedStep(step(number), true, NOW);
    }

    private static Step step(int number) {
        return Step.newBuilder()
                .setNumber(number)
                .setMessage("message")
                .setInputTokens(1)
                .setCachedTokens(0)
                .setOutputTokens(1)
                .setCostUsd(0.5)
                .setModelMs(1)
                .build();
    }
}
