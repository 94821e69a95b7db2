package dev.agon.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.journal.Blobs;
import dev.agon.journal.FolderBlobs;
import dev.agon.journal.StoredBlob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store of blobs does, for a folder and for Beam's file systems. */
class BlobsTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    enum Store {
        FOLDER,
        FILE_SYSTEMS;

        Blobs in(Path folder) {
            return this == FOLDER ? new FolderBlobs(folder) : new FileSystemsBlobs(folder.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheLastBytesOfAName(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        assertThat(blobs.get("a/b/1")).isEmpty();
        blobs.put("a/b/1", bytes("long and old"));
        blobs.put("a/b/1", bytes("new"));
        assertThat(blobs.get("a/b/1"))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(bytes("new")));
        try (Stream<Path> files = Files.list(folder.resolve("a/b"))) {
            assertThat(files).containsExactly(folder.resolve("a/b/1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFolderThatWasRemovedIsMadeAnew(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        blobs.put("a/b/1", bytes("1"));
        Files.delete(folder.resolve("a/b/1"));
        Files.delete(folder.resolve("a/b"));
        Files.delete(folder.resolve("a"));
        blobs.put("a/b/1", bytes("2"));
        assertThat(Files.readString(folder.resolve("a/b/1"))).isEqualTo("2");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsStored(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        assertThat(blobs.stored()).isEmpty();
        blobs.put("b/2", bytes("22"));
        blobs.put("a/c/1", bytes("1"));
        blobs.put("top", bytes("333"));
        Files.writeString(folder.resolve("b/3.17-1.part"), "half");
        for (String name : List.of("b/2", "a/c/1", "top", "b/3.17-1.part")) {
            Files.setLastModifiedTime(folder.resolve(name), FileTime.from(TIME));
        }
        assertThat(blobs.stored())
                .containsExactly(
                        new StoredBlob("a/c/1", 1, Optional.of(TIME), true),
                        new StoredBlob("b/2", 2, Optional.of(TIME), true),
                        new StoredBlob("b/3.17-1.part", 4, Optional.of(TIME), false),
                        new StoredBlob("top", 3, Optional.of(TIME), true));
        assertThat(blobs.list("b")).containsExactly("b/2");
        assertThat(blobs.list("none")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void removesOneBlobAndNothingElse(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        blobs.put("a/b/1", bytes("1"));
        blobs.put("a/2", bytes("2"));
        blobs.delete("a/b/1");
        blobs.delete("a/b/1");
        blobs.delete("none/at/all");
        assertThat(blobs.get("a/b/1")).isEmpty();
        assertThat(blobs.stored()).extracting(StoredBlob::name).containsExactly("a/2");
    }

    @ParameterizedTest
    @EnumSource
    void writersAndRemoversDoNotDisturbOneAnother(Store store) throws Exception {
        Blobs blobs = store.in(folder);
        int writers = 4;
        int each = 100;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String writer = "shared/folder/" + w;
                done.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        blobs.put(writer, bytes("for a moment")); // the folder comes and goes with its last blob
                        blobs.delete(writer);
                    }
                    blobs.put(writer, bytes("kept"));
                    return null;
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(blobs.list("shared"))
                .containsExactly("shared/folder/0", "shared/folder/1", "shared/folder/2", "shared/folder/3");
    }

    /** S3 shows an object when it is whole; of a file system that it does not know Agon believes that of no object. */
    @ParameterizedTest
    @CsvSource({"s3, 1, 0", "object, 2, 1"})
    void objectStoresNeedNoRename(String scheme, long writes, long deletes) throws Exception {
        FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
        String bucket = scheme + "://blobs/";
        ObjectRequests requests = ObjectRequests.to(bucket, () -> 0);
        Blobs blobs = new FileSystemsBlobs(bucket + "journal");
        blobs.put("a/1", bytes("1"));
        assertThat(requests.count(ObjectRequests.Kind.WRITE)).isEqualTo(writes);
        assertThat(requests.count(ObjectRequests.Kind.DELETE)).isEqualTo(deletes);
        assertThat(blobs.get("a/1"))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(bytes("1")));
        assertThat(ObjectStore.names(bucket)).containsExactly(bucket + "journal/a/1");
        assertThatThrownBy(() -> blobs.put("a/1", bytes("2"))).hasMessageContaining("429");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
