package dev.agon.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.Grade;
import dev.agon.schemas.Vote;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final JournalKey KEY = JournalKey.of(BlobKind.GRADES, "Python/0/1/2", "content", 7L);

    @TempDir
    Path folder;

    @Test
    void findsWhatAnEarlierProcessStored() {
        new Journal(new FolderBlobs(folder)).put(KEY, grade());
        assertThat(new Journal(new FolderBlobs(folder)).find(KEY, Grade.class)).contains(grade());
    }

    @Test
    void otherInputsAreAnotherEntry() {
        Journal journal = new Journal(new FolderBlobs(folder));
        journal.put(KEY, grade());
        assertThat(journal.find(JournalKey.of(BlobKind.GRADES, "Python/0/1/2", "content", 8L), Grade.class))
                .isEmpty();
    }

    @Test
    void aDamagedEntryIsAbsent() throws Exception {
        Journal journal = new Journal(new FolderBlobs(folder));
        journal.put(KEY, grade());
        Path entry = folder.resolve(KEY.blobName());
        byte[] whole = Files.readAllBytes(entry);
        for (int cut : new int[] {0, 3, 15, whole.length - 1}) {
            Files.write(entry, java.util.Arrays.copyOf(whole, cut));
            assertThat(journal.find(KEY, Grade.class))
                    .as("cut to %d bytes", cut)
                    .isEmpty();
        }
        for (int position = 0; position < whole.length; position++) {
            byte[] flipped = whole.clone();
            flipped[position] ^= 0x10;
            Files.write(entry, flipped);
            assertThat(journal.find(KEY, Grade.class))
                    .as("bit flipped at %d", position)
                    .isEmpty();
        }
        Files.write(entry, whole);
        assertThat(journal.find(KEY, Grade.class)).contains(grade());
    }

    @Test
    void anEntryOfAnotherRecordIsAbsent() {
        Journal journal = new Journal(new FolderBlobs(folder));
        journal.put(KEY, grade());
        assertThat(journal.find(KEY, Vote.class)).isEmpty();
    }

    @Test
    void slotsCannotLeaveTheFolder() {
        assertThat(JournalKey.of(BlobKind.VOTES, "../..//a b/./x").blobName())
                .matches("votes/%2__/%2__/%0/a\\+b/%1_/x/[0-9a-f]{32}");
        assertThat(JournalKey.of(BlobKind.VOTES, "%2__").blobName()).startsWith("votes/%252__/");
    }

    @Test
    void aLargeEntryIsDeflatedAndASmallOneIsPlain() throws Exception {
        Grade small = grade();
        Grade large = Grade.newBuilder(small).setOutput("line\n".repeat(1_000)).build();
        assertThat(magic(EntryCodec.encode(small))).isEqualTo("AGJ2");
        assertThat(magic(EntryCodec.encode(large))).isEqualTo("AGJ1");
        assertThat(EntryCodec.encode(large)).hasSizeLessThan(500);
        Journal journal = new Journal(new FolderBlobs(folder));
        journal.put(KEY, large);
        assertThat(journal.find(KEY, Grade.class)).contains(large);
    }

    @Test
    void anEntryOfTheFirstVersionIsStillRead() throws Exception {
        Journal journal = new Journal(new FolderBlobs(folder));
        journal.put(KEY, grade());
        byte[] plain = Files.readAllBytes(folder.resolve(KEY.blobName()));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(body)) {
            deflated.write(plain, 16, plain.length - 16);
        }
        ByteBuffer entry = ByteBuffer.allocate(16 + body.size());
        entry.put("AGJ1".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .put(plain, 8, 8)
                .put(body.toByteArray());
        CRC32C crc = new CRC32C();
        crc.update(entry.array(), 8, entry.capacity() - 8);
        Files.write(
                folder.resolve(KEY.blobName()),
                entry.putInt(4, (int) crc.getValue()).array());
        assertThat(journal.find(KEY, Grade.class)).contains(grade());
    }

    @Test
    void anEntryWithALostOrDamagedSchemaIsAbsentUntilTheSchemaIsWrittenAgain() throws Exception {
        new Journal(new FolderBlobs(folder)).put(KEY, grade());
        Path schema = folder.resolve(SchemaStore.blobName(EntryCodec.fingerprint(Grade.getClassSchema())));
        for (String damaged : new String[] {"", "{\"type\": \"rec", "\"string\""}) {
            Files.writeString(schema, damaged);
            assertThat(new Journal(new FolderBlobs(folder)).find(KEY, Grade.class))
                    .isEmpty();
        }
        Files.delete(schema);
        Journal journal = new Journal(new FolderBlobs(folder));
        assertThat(journal.find(KEY, Grade.class)).isEmpty();
        journal.put(JournalKey.of(BlobKind.GRADES, "another"), grade());
        assertThat(journal.find(KEY, Grade.class)).contains(grade());
    }

    @Test
    void listsFinishedBlobsOnly() throws Exception {
        FolderBlobs blobs = new FolderBlobs(folder);
        blobs.put("a/2", new byte[] {2});
        blobs.put("a/1", new byte[] {1});
        Files.write(folder.resolve("a/3.17-1.part"), new byte[] {3});
        assertThat(blobs.list("a")).isEqualTo(List.of("a/1", "a/2"));
        assertThat(blobs.list("none")).isEmpty();
    }

    private static String magic(byte[] entry) {
        return new String(entry, 0, 4, StandardCharsets.US_ASCII);
    }

    private static Grade grade() {
        return Grade.newBuilder()
                .setRolloutId("Python/0/1/2")
                .setTaskId("Python/0")
                .setIteration(1)
                .setResolved(true)
                .setReward(1)
                .setOutput("ok")
                .setDurationMs(12)
                .build();
    }

    @Test
    void anInterruptWaitsUntilWhatIsPutIsThere() throws Exception {
        FolderBlobs blobs = new FolderBlobs(folder);
        Thread.currentThread().interrupt();
        blobs.put("a/paid", new byte[] {1});
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(blobs.get("a/paid")).isPresent();
    }
}
