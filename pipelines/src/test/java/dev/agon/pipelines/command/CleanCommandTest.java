package dev.agon.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.pipelines.RunEndToEndTest;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
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
