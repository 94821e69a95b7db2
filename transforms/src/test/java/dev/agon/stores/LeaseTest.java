package dev.agon.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.journal.Blobs;
import dev.agon.journal.Stop;
import dev.agon.journal.StopFlag;
import dev.agon.journal.StoredBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One start of a run has a journal at a time, in a folder by a lock and in an object store by a blob. */
class LeaseTest {

    private static final LeaseHolder FIRST = new LeaseHolder("demo-1-0a1b", "1772625600000", "host-a", 17);
    private static final LeaseHolder SECOND = new LeaseHolder("other-2-ffff", "1772625601000", "host-b", 18);
    private static final String FIRST_TEXT =
            "run demo-1-0a1b, which began at 2026-03-04T12:00:00Z (process 17 on host-a)";

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-04T12:00:00Z");
    private final InstantSource clock = () -> now;

    @BeforeEach
    void fileSystems() {
        FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    }

    @Test
    void aFolderHasOneHolderWhoIsNamedUntilItGoes() throws Exception {
        JournalStore journal = new JournalStore(folder.resolve("journal").toString());
        try (Lease lease = journal.lease(FIRST, clock)) {
            Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("journal"));
            for (String path : List.of(journal.location(), link.toString(), "file://" + journal.location())) {
                assertThatThrownBy(() -> new JournalStore(path).lease(SECOND, clock))
                        .isInstanceOf(HeldJournalException.class)
                        .hasMessageStartingWith(
                                "the journal " + path + " is in use by " + FIRST_TEXT + ". Wait for its end")
                        .hasMessageContaining("--set journal=FOLDER")
                        .hasMessageContaining("--set model.provider=journal");
            }
            assertThat(lease.renew()).isEmpty();
        }
        journal.lease(SECOND, clock).close();
        assertThat(journal.blobs().stored()).isEmpty();
    }

    @Test
    void ofADeadHolderOfAFolderNothingIsLeftButItsWorkersWhichAreStopped() throws Exception {
        JournalStore journal = new JournalStore(folder.toString());
        Files.createDirectories(folder.resolve("leases"));
        Files.writeString(
                folder.resolve("leases/lock"), FIRST.path()); // as after kill -9: the system let go of the lock
        try (Lease lease = journal.lease(SECOND, clock)) {
            assertThat(stopOf(journal.blobs(), FIRST).kind()).isEqualTo(Stop.Kind.CANCELLED);
            assertThat(Files.readString(folder.resolve("leases/lock"))).isEqualTo(SECOND.path());
        }
    }

    @Test
    void anObjectStoreHasOneHolderWhoLosesItWhenItIsNotRenewed() throws Exception {
        JournalStore journal = new JournalStore("s3://lease/journal");
        Lease first = journal.lease(FIRST, clock);
        for (int renewal = 0; renewal < 10; renewal++) {
            now = now.plus(Lease.PERIOD);
            assertThat(first.renew()).isEmpty();
        }
        Instant lapses = now.plus(Lease.LAPSE);
        now = lapses.minusMillis(1);
        assertThatThrownBy(() -> journal.lease(SECOND, clock))
                .isInstanceOf(HeldJournalException.class)
                .hasMessageContaining(
                        "is in use by " + FIRST_TEXT + "; if that is dead, its hold ends at " + lapses + ".");
        assertThat(journal.blobs().list("leases"))
                .as("who was refused leaves nothing")
                .hasSize(1);
        assertThat(first.renew()).as("who asked has not got it").isEmpty();

        now = now.plus(Lease.LAPSE);
        Lease second = journal.lease(SECOND, clock);
        assertThat(stopOf(journal.blobs(), FIRST).kind()).isEqualTo(Stop.Kind.CANCELLED);
        assertThat(first.renew()).as("it stood still, and learns that").contains(SECOND);
        assertThat(second.renew()).isEmpty();
        second.close();
        first.close();
        assertThat(second.renew()).as("a renewal that comes late").isEmpty();
        assertThat(journal.blobs().list("leases")).isEmpty();
        journal.lease(FIRST, clock).close();
    }

    @Test
    void ofTwoWhoComeToAnObjectStoreAtOnceNeverBothGetIt() throws Exception {
        JournalStore journal = new JournalStore("s3://lease-at-once/journal");
        Blobs plain = journal.blobs();
        List<String> refused = new ArrayList<>();
        // The second comes between what the first writes and what it reads.
        Blobs interleaved = new Interleaved(plain, () -> {
            try {
                BlobLease.take(journal.location(), plain, SECOND, clock);
            } catch (HeldJournalException e) {
                refused.add("second");
            }
        });
        try {
            BlobLease.take(journal.location(), interleaved, FIRST, clock).close();
        } catch (HeldJournalException e) {
            refused.add("first");
        }
        assertThat(refused).containsExactly("second");
    }

    @Test
    void aReaderLeavesEveryEntryAsItIsAndFindsItsOwn() throws Exception {
        Blobs store = new JournalStore(folder.toString()).blobs();
        store.put("steps/t/1", new byte[] {1});
        Blobs reader =
                new JournalStore(folder.toString()).forReader("handover/run/1").blobs();
        reader.put("steps/t/1", new byte[] {2});
        reader.put("rollouts/t", new byte[] {3});
        assertThat(reader.get("steps/t/1").orElseThrow()).containsExactly(2);
        assertThat(reader.list("steps")).containsExactly("steps/t/1");
        assertThat(reader.list("rollouts")).containsExactly("rollouts/t");
        reader.delete("steps/t/1");
        reader.delete("steps/t/1");
        assertThat(reader.get("steps/t/1").orElseThrow()).containsExactly(1);
        assertThat(store.get("rollouts/t")).isEmpty();
        assertThat(store.list("handover")).containsExactly("handover/run/1/rollouts/t");
    }

    private static Stop stopOf(Blobs blobs, LeaseHolder holder) throws IOException {
        return new StopFlag(blobs, holder.run() + "/" + holder.start()).read().orElseThrow();
    }

    /** Blobs before whose first listing something happens. */
    private static final class Interleaved implements Blobs {

        private final Blobs blobs;
        private IoAction before;

        interface IoAction {
            void run() throws IOException;
        }

        Interleaved(Blobs blobs, IoAction before) {
            this.blobs = blobs;
            this.before = before;
        }

        @Override
        public Optional<byte[]> get(String name) throws IOException {
            return blobs.get(name);
        }

        @Override
        public void put(String name, byte[] bytes) throws IOException {
            blobs.put(name, bytes);
        }

        @Override
        public void delete(String name) throws IOException {
            blobs.delete(name);
        }

        @Override
        public List<String> list(String folder) throws IOException {
            IoAction now = before;
            before = () -> {};
            now.run();
            return blobs.list(folder);
        }

        @Override
        public List<StoredBlob> stored() throws IOException {
            return blobs.stored();
        }
    }
}
