package dev.agon.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.schemas.RecordedReply;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    Path folder;

    @Test
    void addsUpAllWorkersOfAllStarts() throws Exception {
        Ledger first = new Ledger(new FolderBlobs(folder), "run", "1", "a");
        Ledger second = new Ledger(new FolderBlobs(folder), "run", "1", "b");
        assertThat(first.add(new Spent(1, 100, 0.5))).isEqualTo(new Spent(1, 100, 0.5));
        second.add(new Spent(2, 10, 0.25));
        first.write();
        second.read();
        assertThat(second.total()).isEqualTo(new Spent(3, 110, 0.75));
        first.add(new Spent(1, 1, 1));
        assertThat(second.total()).isEqualTo(new Spent(3, 110, 0.75));
        first.write();
        second.read();
        assertThat(second.total()).isEqualTo(new Spent(4, 111, 1.75));
    }

    @Test
    void outlivesTheWorkerThatWroteIt() throws Exception {
        Ledger before = ledger("run", "1");
        before.add(new Spent(1, 100, 0.5));
        before.write();
        Ledger after = ledger("run", "2");
        after.read();
        assertThat(after.total()).isEqualTo(new Spent(1, 100, 0.5));
    }

    @Test
    void doesNotCountOtherRuns() throws Exception {
        Ledger other = ledger("other", "1");
        other.add(new Spent(1, 100, 0.5));
        other.write();
        Ledger own = ledger("run", "1");
        own.read();
        assertThat(own.total()).isEqualTo(Spent.NOTHING);
    }

    @Test
    void doesNotCountItselfTwice() throws Exception {
        Ledger ledger = ledger("run", "1");
        ledger.add(new Spent(1, 100, 0.5));
        ledger.write();
        ledger.read();
        assertThat(ledger.total()).isEqualTo(new Spent(1, 100, 0.5));
    }

    @Test
    void theSumsAreInTheNamesAndNoBlobIsWrittenTwice() throws Exception {
        Ledger ledger = ledger("run", "1");
        ledger.add(new Spent(1, 100, 0.000_012_5));
        ledger.write();
        assertThat(new FolderBlobs(folder).list("ledger")).containsExactly("ledger/run/1/worker/1-100-0.0000125");
        ledger.add(new Spent(1, 20, 1));
        ledger.write();
        assertThat(new FolderBlobs(folder).list("ledger")).containsExactly("ledger/run/1/worker/2-120-1.0000125");
        Ledger reader = ledger("run", "2");
        reader.read();
        assertThat(reader.total()).isEqualTo(new Spent(2, 120, 1.000_012_5));
    }

    @Test
    void whatAnEarlierVersionWroteStaysCounted() throws Exception {
        FolderBlobs blobs = new FolderBlobs(folder);
        blobs.put(
                "ledger/run/1/host-17-ab-0.json",
                "{\"calls\":3,\"tokens\":30,\"usd\":0.5}".getBytes(StandardCharsets.UTF_8));
        Ledger ledger = ledger("run", "2");
        ledger.add(new Spent(1, 1, 0.25));
        ledger.write();
        ledger.read();
        ledger.read();
        assertThat(ledger.total()).isEqualTo(new Spent(4, 31, 0.75));
    }

    @Test
    void ofAWriterThatDiedBetweenTwoSumsTheLaterCounts() throws Exception {
        FolderBlobs blobs = new FolderBlobs(folder);
        for (String sum : new String[] {"10-10-1.0", "9-9-0.9"}) {
            blobs.put("ledger/run/1/worker/" + sum, new byte[0]);
        }
        Ledger ledger = ledger("run", "2");
        ledger.read();
        assertThat(ledger.total()).isEqualTo(new Spent(10, 10, 1));
        blobs.delete("ledger/run/1/worker/10-10-1.0");
        ledger.read();
        assertThat(ledger.total()).as("a sum that was seen never falls").isEqualTo(new Spent(10, 10, 1));
    }

    @Test
    void anEmptyPartOfAnEarlierVersionIsNamedSetAsideAndCountedFromTheEntries() throws Exception {
        FolderBlobs blobs = new FolderBlobs(folder);
        Journal journal = new Journal(blobs);
        for (int vote = 0; vote < 3; vote++) {
            journal.put(
                    JournalKey.of(BlobKind.VOTES, "match/" + vote),
                    new RecordedReply("1", null, 90L, 0L, 0L, 10L, 0L, 0.5, null, null));
        }
        Ledger other = ledger("other", "1");
        other.add(new Spent(1, 100, 0.5));
        other.write();
        blobs.put("ledger/run/1/host-17-ab-0.json", new byte[0]);
        blobs.put("ledger/run/1/host-18-ab-0.json", "{\"calls\":1,".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ledger("run", "2").read())
                .hasMessage("the part ledger/run/1/host-17-ab-0.json is damaged");

        assertThat(Ledger.mend(blobs, "run"))
                .extracting(JournalCheck.Damage::blob)
                .containsExactly("ledger/run/1/host-17-ab-0.json", "ledger/run/1/host-18-ab-0.json");
        Ledger mended = ledger("run", "2");
        mended.read();
        assertThat(mended.total())
                .as("three votes, of which the other run's ledger tells one")
                .isEqualTo(new Spent(2, 200, 1.0));
        assertThat(blobs.list("damaged"))
                .containsExactly("damaged/ledger/run/1/host-17-ab-0.json", "damaged/ledger/run/1/host-18-ab-0.json");
        assertThat(Ledger.mend(blobs, "run")).isEmpty();
        assertThat(JournalCheck.of(blobs).damaged()).isEmpty();
        Ledger again = ledger("run", "3");
        again.read();
        assertThat(again.total()).isEqualTo(mended.total());
    }

    @Test
    void anEmptyPartWhoseNameTellsItsSumCountsAndGetsItsContentAgain() throws Exception {
        FolderBlobs blobs = new FolderBlobs(folder);
        blobs.put("ledger/run/1/worker/10-100-1.5", new byte[0]);
        Ledger ledger = ledger("run", "2");
        ledger.read();
        assertThat(ledger.total()).isEqualTo(new Spent(10, 100, 1.5));
        assertThat(Ledger.mend(blobs, "run"))
                .containsExactly(new JournalCheck.Damage(
                        "ledger/run/1/worker/10-100-1.5",
                        "is empty or cut off; its sum stands in its name, and counts"));
        assertThat(blobs.get("ledger/run/1/worker/10-100-1.5").map(String::new))
                .contains("{\"calls\":10,\"tokens\":100,\"usd\":1.5}");
    }

    @Test
    void aStepCountsOnceInItsFinishedRolloutOrByItsEntries() throws Exception {
        FolderBlobs blobs = new FolderBlobs(folder);
        Journal journal = new Journal(blobs);
        JournalKey running = JournalKey.of(BlobKind.ROLLOUTS, "t/0/1");
        for (int number = 1; number <= 2; number++) {
            RecordedStep step = new RecordedStep(step(number), number == 1, Instant.EPOCH);
            journal.put(running.answer(number), step);
            if (number == 1) {
                journal.put(running.step(number), step);
            }
        }
        blobs.put("ledger/run/1/lost.json", new byte[0]);
        Ledger.mend(blobs, "run");
        Ledger ledger = ledger("run", "2");
        ledger.read();
        assertThat(ledger.total()).isEqualTo(new Spent(2, 22, 0.5));
    }

    private static Step step(int number) {
        return Step.newBuilder()
                .setNumber(number)
                .setMessage("")
                .setInputTokens(10)
                .setCachedTokens(0)
                .setOutputTokens(1)
                .setCostUsd(0.25)
                .setModelMs(1)
                .build();
    }

    private Ledger ledger(String run, String start) {
        return new Ledger(new FolderBlobs(folder), run, start, "worker");
    }
}
