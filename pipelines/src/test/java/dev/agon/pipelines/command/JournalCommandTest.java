package dev.agon.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.journal.BlobKind;
import dev.agon.journal.FolderBlobs;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.pipelines.Agon;
import dev.agon.schemas.Selection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code agon journal}: what it prints, and its exit codes. */
class JournalCommandTest {

    private static final JournalKey KEY = JournalKey.of(BlobKind.GRADES, "task/0", "inputs");

    @TempDir
    Path folder;

    @BeforeEach
    void aJournalOfOneEntry() {
        new Journal(new FolderBlobs(folder)).put(KEY, new Selection("task", 0, "final", 1, "task/0/1"));
    }

    @Test
    void statsPrintsKindsAndBytes() throws Exception {
        long bytes = Files.size(folder.resolve(KEY.blobName()));
        Printed printed = run("journal", "stats", folder.toString());
        assertThat(printed.code()).isZero();
        assertThat(printed.out())
                .contains("grades                  1 " + String.format("%15d%n", bytes))
                .contains("(unfinished)            0 " + String.format("%15d%n", 0));
    }

    @Test
    void verifyEndsWithOneWhenAnEntryIsDamagedUntilItIsCollected() throws Exception {
        Printed whole = run("journal", "verify", folder.toString());
        assertThat(whole.out()).isEqualTo(String.format("1 entries read, 0 damaged.%n"));
        assertThat(whole.code()).isZero();

        Files.write(folder.resolve(KEY.blobName()), new byte[40]);
        Printed damaged = run("journal", "verify", folder.toString());
        assertThat(damaged.out())
                .contains("damaged: " + KEY.blobName() + " is cut short or is no journal entry")
                .contains("1 entries read, 1 damaged.");
        assertThat(damaged.code()).isEqualTo(1);

        assertThat(run("journal", "gc", "--dry-run", folder.toString()).out())
                .contains(
                        "damaged, it is cut short or is no journal entry: 1 blobs, 40 bytes, such as " + KEY.blobName())
                .contains("Would remove 1 blobs of 40 bytes.");
        assertThat(folder.resolve(KEY.blobName())).exists();
        Printed collected = run("journal", "gc", folder.toString());
        assertThat(collected.out()).contains("Removed 1 blobs of 40 bytes.");
        assertThat(collected.code()).isZero();
        assertThat(folder.resolve(KEY.blobName())).doesNotExist();
        assertThat(run("journal", "verify", folder.toString()).code()).isZero();
    }

    @Test
    void whatIsNoJournalIsBadInput() {
        for (String command : new String[] {"stats", "verify", "gc"}) {
            String none = folder.resolve("none").toString();
            Printed printed = run("journal", command, none);
            assertThat(printed.code()).as(command).isEqualTo(2);
            assertThat(printed.err())
                    .contains(none + " is not there or holds nothing; name the journal of a run")
                    .contains("out/NAME.journal");
        }
        assertThat(run("journal").code()).isEqualTo(2);
    }

    private record Printed(int code, String out, String err) {}

    private static Printed run(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int code = Agon.execute(args);
            return new Printed(
                    code, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
