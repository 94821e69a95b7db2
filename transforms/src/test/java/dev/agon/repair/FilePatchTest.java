package dev.agon.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePatchTest {

    private static final List<String> LINES = List.of(
            "",
            " ",
            "    return a \\ b",
            "\tx = '\\n'",
            "EDIT",
            "EDIT1",
            "```",
            "`x`",
            "$a\\",
            "a\\",
            "\\",
            "it's \"quoted\" $HOME &",
            "ünïcode",
            "}");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
    void sedMakesOfAFileWhatThePatchSays(int seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            String before = text(random);
            String after = before;
            while (after.equals(before) || after.isEmpty()) {
                after = edited(before, random);
            }
            FilePatch patch = FilePatch.between("it's a file.txt", before, after);
            assertThat(FilePatch.allIn("true\n" + patch.command() + "\ntrue")).containsExactly(patch);
            assertThat(patch.applyTo(before)).contains(after.endsWith("\n") ? after : after + "\n");
            assertThat(patch.command()).doesNotContain("\n```");
            Path file = folder.resolve("it's a file.txt");
            Files.writeString(file, before);
            assertThat(bash(patch.command())).isZero();
            assertThat(Files.readString(file)).isEqualTo(patch.applyTo(before).orElseThrow());
        }
    }

    @Test
    void aFileThatIsNotThereEndsTheCommandWith97() throws IOException, InterruptedException {
        assertThat(bash(FilePatch.between("none.txt", "a\n", "b\n").command())).isEqualTo(97);
    }

    @Test
    void aScriptOfAnotherKindIsNotApplied() {
        assertThat(new FilePatch("a", "s/a/b/\n", false).applyTo("a\n")).isEmpty();
        assertThat(new FilePatch("a", "7d\n", false).applyTo("a\n")).isEmpty();
    }

    @Test
    void onlyTheChangedLinesStandInTheCommand() {
        FilePatch patch = FilePatch.between("a.py", "a\nb\nc\nd\n", "a\n  x\nc\n");
        assertThat(patch.command()).isEqualTo("sed -i -f - -- 'a.py' <<'EDIT' || exit 97\n2c\\\n\\  x\n4d\nEDIT");
    }

    private int bash(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            text.append(LINES.get(random.nextInt(LINES.size())))
                    .append(i % 3 == 0 ? i : "")
                    .append('\n');
        }
        return random.nextInt(4) == 0 ? text + "last" : text.toString();
    }

    private static String edited(String before, Random random) {
        List<String> lines = new java.util.ArrayList<>(before.lines().toList());
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            int at = random.nextInt(lines.size() + 1);
            if (random.nextInt(3) > 0 && at < lines.size()) {
                lines.remove(at);
            }
            if (random.nextInt(3) > 0 || lines.isEmpty()) {
                lines.add(Math.min(at, lines.size()), LINES.get(random.nextInt(LINES.size())));
            }
        }
        return String.join("\n", lines) + "\n";
    }
}
