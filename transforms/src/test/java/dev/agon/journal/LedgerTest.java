package dev.agon.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    Path folder;

    @Test
    void addsUpAllWorkersOfAllAttempts() throws Exception {
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

    private Ledger ledger(String run, String attempt) {
        return new Ledger(new FolderBlobs(folder), run, attempt, "worker");
    }
}
