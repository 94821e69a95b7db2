package dev.agon.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.pipelines.RunEndToEndTest;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `agon clean` over folders as dead workers leave them. */
class CleanCommandTest {

    @TempDir
    private Path temporary;

    private Path left;

    @BeforeEach
    void aDeadWorker() throws Exception {
        left = Files.createDirectory(temporary.resolve("agon-sandboxes-4711-5"));
        Files.createFile(left.resolve("owner.lock"));
        Files.writeString(Files.createDirectories(left.resolve("1/tree")).resolve("file"), "0123456789");
    }

    @Test
    void aDryRunSaysWhatItFindsAndRemovesNothing() {
        Outcome outcome = clean("--dry-run");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.text())
                .contains(
                        left + ": worker 4711 of ",
                        "started 0 h 0 min ago; 10 bytes, 0 control groups, 0 processes",
                        "Would remove what 1 dead workers had left.");
        assertThat(left.resolve("1/tree/file")).exists();
    }

    @Test
    void whatADeadWorkerLeftIsRemoved() {
        Outcome outcome = clean();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.text()).contains("Removed what 1 dead workers had left.");
        assertThat(temporary).isEmptyDirectory();
        assertThat(clean().text()).contains("Removed what 0 dead workers had left.");
    }

    @Test
    void whatCannotBeRemovedIsSaidWithTheReasonAndTheRestIsRemoved() throws Exception {
        Path doubtful = Files.createDirectory(temporary.resolve("agon-sandboxes-4712-5"));
        Files.createFile(doubtful.resolve("file"));

        Outcome outcome = clean();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.text())
                .contains(
                        "not removed: it has no owner.lock",
                        "Removed what 1 dead workers had left; could not remove that of 1.");
        assertThat(left).doesNotExist();
        assertThat(doubtful).exists();
    }

    @Test
    void whatAKilledProcessLeftGoesWithItsFolder() throws Exception {
        Path process = Files.createDirectory(temporary.resolve("agon-process-4712-17"));
        Files.createFile(process.resolve("owner.lock"));
        Files.writeString(process.resolve("snappy-1.1.10-x-libsnappyjava.so"), "0123456789");

        assertThat(clean().text()).contains(process + ": worker 4712 of ");
        assertThat(process).doesNotExist();
    }

    @Test
    void librariesAndRowsGoOnceNoLivingProcessUsesThem() throws Exception {
        Path unused = old("snappy-1.1.10-003060df-4705-4724-ac28-3072521d890d-libsnappyjava.so");
        Path lock = old("liblz4-java-13604179440376177155.so.lck");
        Path rows = old("agon-rows-8967.parquet");
        Path loaded = old("libduckdb_java815.so");
        Path young = Files.writeString(temporary.resolve("liblz4-java-17.so"), "x");
        Path youngRows = Files.writeString(temporary.resolve("agon-rows-8968.parquet"), "x");
        Path foreign = old("notes.so");
        try (FileChannel channel = FileChannel.open(loaded)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 1);

            assertThat(clean("--dry-run").text()).contains(unused + ": no living process uses it; 10 bytes");
            assertThat(unused).exists();
            Outcome outcome = clean();

            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.text()).contains(unused.toString(), lock.toString(), rows.toString());
            assertThat(mapped.get(0)).isEqualTo((byte) '0');
        }
        assertThat(List.of(unused, lock, rows)).noneMatch(Files::exists);
        assertThat(List.of(loaded, young, youngRows, foreign)).allMatch(Files::exists);
    }

    /** A file of before any process of now. */
    private Path old(String name) throws Exception {
        Path file = Files.writeString(temporary.resolve(name), "0123456789");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }

    @Test
    void aFolderThatCannotBeListedIsBadInput() {
        Outcome outcome =
                RunEndToEndTest.execute("clean", temporary.resolve("missing").toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.text()).contains("cannot look for dead workers' folders in " + temporary.resolve("missing"));
    }

    private Outcome clean(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "clean";
        arguments[1] = temporary.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return RunEndToEndTest.execute(arguments);
    }
}
