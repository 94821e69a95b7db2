package dev.agon.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    private Ledger ledger(String run, String start) {
        return new Ledger(new FolderBlobs(folder), run, start, "worker");
    }
}
