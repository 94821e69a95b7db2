package dev.agon.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.Step;
import dev.agon.schemas.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileWritesTest {

    @Test
    void oneCommandOneFile() {
        Map<String, String> fileOfCommand = Map.of(
                "echo hi > /app/a.txt", "/app/a.txt",
                "echo hi >> notes/a.txt 2>/dev/null", "notes/a.txt",
                "make 2>&1 | tee -a build.log", "build.log",
                "sed -i 's/a/c/' src/x.py && ls", "src/x.py",
                "perl -0777 -i -pe 's/x/y/' lib/y.c", "lib/y.c",
                "cp -r a/b c/d; ls", "c/d",
                "mv one.c two.c", "two.c",
                "python3 -c \"open('out.json', 'w').write('1')\"", "out.json");
        fileOfCommand.forEach((command, file) ->
                assertThat(written(command).files().keySet()).as(command).containsExactly(file));
    }

    @Test
    void aHereDocumentIsNoCommand() {
        FileWrites writes = written("cat <<'EOF' > run.sh\necho x > inner.txt\nEOF\necho y > after.txt");
        assertThat(writes.files().keySet()).containsExactly("run.sh", "after.txt");
    }

    @Test
    void filesThatAScriptOpensForWritingAreWritten() {
        assertThat(written("python3 - <<EOF\nwith open('a.bin', 'wb') as f: pass\nopen('b.txt')\nEOF")
                        .files())
                .containsOnlyKeys("a.bin");
    }

    @Test
    void theLastStepStays() {
        FileWrites writes = FileWrites.of(Action.of(Attempts.attempt()
                .ran("cat > a <<E\none\nE", "")
                .ran("cat > a <<E\ntwo\nE", "")
                .ran("ls", "")
                .rollout()));
        assertThat(writes.files().get("a")).isEqualTo(new FileWrites.Written(2, 2));
        assertThat(writes.lastStep()).isEqualTo(2);
    }

    @Test
    void callsOfEditorsAreRead() {
        Step edit = Step.newBuilder(Attempts.attempt().step("", List.of(), "ok"))
                .setToolCalls(List.of(
                        new ToolCall("1", "str_replace_editor", "{\"command\": \"create\", \"path\": \"/app/x.py\"}")))
                .build();
        assertThat(FileWrites.of(Action.of(Attempts.attempt().step(edit).rollout()))
                        .files())
                .containsOnlyKeys("/app/x.py");
    }

    @Test
    void readingAndComparingWriteNothing() {
        assertThat(written("cat a.txt 2>&1 >/dev/null; [ 3 -gt 2 ] && grep -c '=>' b.txt; wc -l <<< hi")
                        .files())
                .isEmpty();
    }

    private static FileWrites written(String command) {
        return FileWrites.of(Action.of(Attempts.attempt().ran(command, "").rollout()));
    }
}
