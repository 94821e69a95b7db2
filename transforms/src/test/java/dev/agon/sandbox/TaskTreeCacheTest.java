package dev.agon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.schemas.TaskFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskTreeCacheTest {

    private static final List<TaskFile> FILES = List.of(file("a/run.sh", true), file("b", false));

    @TempDir
    Path folder;

    private TaskTreeCache cache;

    @BeforeEach
    void openCache() {
        cache = new TaskTreeCache(folder, OptionalInt.empty());
    }

    @Test
    void theSameFilesAreWrittenOnce() throws Exception {
        Path tree = cache.folderOf(FILES);
        assertThat(tree.resolve("a/run.sh")).hasContent("a/run.sh").isExecutable();
        assertThat(tree.resolve("b")).hasContent("b");
        assertThat(cache.folderOf(FILES)).isEqualTo(tree);
        assertThat(cache.folderOf(FILES.subList(0, 1))).isNotEqualTo(tree);
    }

    @Test
    void aCopyThatWasInterruptedLeavesNothingAndTheNextOneIsWhole() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> cache.folderOf(FILES)).isInstanceOf(SandboxException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder).isEmptyDirectory();
        assertThat(cache.folderOf(FILES).resolve("b")).hasContent("b");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
    }

    @Test
    void aCopyThatFailsLaterLeavesNothing() throws Exception {
        List<TaskFile> files = List.of(file("a", false), file("a/b", false));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> cache.folderOf(files)).hasMessageContaining("cannot lay out the files of a task");
            assertThat(folder).isEmptyDirectory();
        }
    }

    private static TaskFile file(String path, boolean executable) {
        return new TaskFile(path, ByteBuffer.wrap(path.getBytes(StandardCharsets.UTF_8)), executable);
    }
}
