package dev.agon.pipelines.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.pipelines.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run replaces its own folder, and nothing else that is anybody's. */
class RunFolderTest {

    @TempDir
    Path temporary;

    private Path out;

    @BeforeEach
    void realPath() throws Exception {
        out = temporary.toRealPath().resolve("out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out", "out/journal", "out.stage", "out.stage/j", "out.old", "link/journal"})
    void aJournalThatTheRunWouldReplaceIsRefused(String journal) throws Exception {
        Files.createDirectory(out);
        Files.createSymbolicLink(temporary.resolve("link"), out);
        assertThatThrownBy(() -> claim(out, Optional.of(temporary.resolve(journal)), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("what was paid for would be deleted");
    }

    @Test
    void aJournalBesideItIsNot() throws Exception {
        claim(out, Optional.of(temporary.resolve("out.journal")), false).close();
        claim(out, Optional.of(temporary.resolve("elsewhere/out")), false).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {".stage", ".old"})
    void whatNoRunLeftIsNotTouched(String suffix) throws Exception {
        Path mine = Files.createDirectory(out.resolveSibling("out" + suffix)).resolve("thesis.tex");
        Files.writeString(mine, "mine");
        assertThatThrownBy(() -> claim(out, Optional.empty(), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("out" + suffix + " was not left there by a run");
        assertThat(mine).hasContent("mine");
        Files.writeString(mine.resolveSibling("run.json"), "{}");
        claim(out, Optional.empty(), false).close();
        assertThat(mine).as("what a killed run left").doesNotExist();
    }

    @Test
    void overwriteReplacesTheFolderOfARunAndNothingElse() throws Exception {
        Path mine = Files.writeString(Files.createDirectory(out).resolve("thesis.tex"), "mine");
        assertThatThrownBy(() -> claim(out, Optional.empty(), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is not the folder of a run");
        Files.delete(mine);
        Files.writeString(out.resolve("run.json"), "{\"identity\": \"another\", \"name\": \"n\", \"seed\": 1}");
        assertThatThrownBy(() -> claim(out, Optional.empty(), false)).hasMessageContaining("holds another run");
        claim(out, Optional.empty(), true).close();
    }

    @Test
    void aLinkStandsForTheFolderThatItLeadsTo() throws Exception {
        Path real = Files.createDirectories(temporary.toRealPath().resolve("disk/real"));
        Files.createSymbolicLink(out, real);
        try (RunFolder folder = claim(out, Optional.empty(), false)) {
            Files.writeString(folder.draft().resolve("run.json"), "{}");
            folder.swapIn();
        }
        assertThat(out).isSymbolicLink();
        assertThat(real.resolve("run.json")).exists();
    }

    private static RunFolder claim(Path out, Optional<Path> journal, boolean overwrite) throws ConfigException {
        return RunFolder.claim(out, journal, "identity", overwrite);
    }
}
