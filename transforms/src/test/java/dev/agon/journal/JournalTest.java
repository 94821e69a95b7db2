package dev.agon.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.schemas.Grade;
import dev.agon.schemas.Vote;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final JournalKey KEY = JournalKey.of(BlobKind.GRADES, "Python/0/1/2", "content", 7L);

    private static final List<String> DAMAGED_SCHEMAS = List.of("", "{\"type\": \"rec", "\"string\"");

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
    void anEntryWithALostOrDamagedSchemaIsReadWithTheProgramsOwn() throws Exception {
        new Journal(new FolderBlobs(folder)).put(KEY, grade());
        Path schema = folder.resolve(SchemaStore.blobName(EntryCodec.fingerprint(Grade.getClassSchema())));
        for (String damaged : DAMAGED_SCHEMAS) {
            Files.writeString(schema, damaged);
            assertThat(new Journal(new FolderBlobs(folder)).find(KEY, Grade.class))
                    .contains(grade());
        }
        Files.delete(schema);
        Journal journal = new Journal(new FolderBlobs(folder));
        assertThat(journal.find(KEY, Grade.class)).contains(grade());
        journal.put(JournalKey.of(BlobKind.GRADES, "another"), grade());
        assertThat(schema).as("the next entry of its type brings it back").isNotEmptyFile();
    }

    @Test
    void aSchemaThatTheProgramDoesNotHaveIsNamedWhenItIsLostOrDamaged() throws Exception {
        Schema foreign =
                SchemaBuilder.record("Foreign").fields().requiredInt("a").endRecord();
        long fingerprint = EntryCodec.fingerprint(foreign);
        new SchemaStore(new FolderBlobs(folder)).keep(foreign);
        Path schema = folder.resolve(SchemaStore.blobName(fingerprint));
        assertThat(new SchemaStore(new FolderBlobs(folder)).get(fingerprint)).isEqualTo(foreign);
        for (String damaged : DAMAGED_SCHEMAS) {
            Files.writeString(schema, damaged);
            assertThatThrownBy(() -> new SchemaStore(new FolderBlobs(folder)).get(fingerprint))
                    .isInstanceOf(CorruptEntryException.class)
                    .hasMessageMatching("was written with the schema schemas/[0-9a-f]+.avsc, which is damaged");
        }
        Files.delete(schema);
        assertThatThrownBy(() -> new SchemaStore(new FolderBlobs(folder)).get(fingerprint))
                .isInstanceOf(CorruptEntryException.class)
                .hasMessageMatching("was written with the schema schemas/[0-9a-f]+.avsc, which is lost");
    }

    @Test
    void whatWasPaidIsOnTheDiskBeforePutReturnsAndOtherBlobsAreNotWaitedFor() throws Exception {
        List<String> synced = new ArrayList<>();
        FolderBlobs blobs = new FolderBlobs(folder, (path, channel) -> {
            boolean file = Files.isRegularFile(path);
            synced.add(file ? "file" : folder.relativize(path).toString());
            assertThat(Files.exists(folder.resolve("votes/m/0/hash")))
                    .as("a file is synced before it gets its name, and its folders after that")
                    .isEqualTo(!file);
        });
        blobs.put("votes/m/0/hash", new byte[7]);
        assertThat(synced).containsExactly("file", "votes/m/0", "votes/m", "votes", "");

        synced.clear();
        FolderBlobs later = new FolderBlobs(
                folder,
                (path, channel) -> synced.add(
                        Files.isRegularFile(path)
                                ? "file"
                                : folder.relativize(path).toString()));
        later.put("votes/m/0/other", new byte[7]);
        assertThat(synced).as("no folder was made").containsExactly("file", "votes/m/0");

        synced.clear();
        later.put("steps/t/0/hash/00001-answer", new byte[7]);
        later.put("steps/t/0/hash/00001", new byte[7]);
        assertThat(synced)
                .as("the entry of an observation in its folder comes to the disk with the next answer's")
                .containsExactly("file", "steps/t/0/hash", "steps/t/0", "steps/t", "steps", "", "file");

        synced.clear();
        for (String name :
                List.of("progress/run/1/begun", "handover/run/1/task", "corpus/t/hash", "leases/r/1/h", "notes")) {
            later.put(name, new byte[7]);
        }
        assertThat(synced).isEmpty();
        for (String kind : List.of("rollouts", "grades", "summaries", "contexts", "ledger", "schemas")) {
            synced.clear();
            later.put(kind + "/t", new byte[7]);
            assertThat(synced).as(kind).containsExactly("file", kind, "");
        }
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
