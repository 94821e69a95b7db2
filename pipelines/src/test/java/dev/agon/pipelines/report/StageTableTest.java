package dev.agon.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTableTest {

    @TempDir
    Path folder;

    @Test
    void printsPassAt1ByStageAndTheGain() throws IOException {
        SmallRun.in(folder).write();
        assertThat(printed()).isEqualTo("""
                stage                      tasks  graded  failed           pass@1 %  failures unresolved %
                iteration 0                    4      15       1   43.8 [7.6, 88.1]       37.5 [8.3, 80.0]
                selected from iteration 0      4       8       0  50.0 [10.4, 89.6]      50.0 [10.4, 89.6]
                iteration 1                    4      16       0  62.5 [11.8, 95.4]      62.5 [11.8, 95.4]
                final                          4       4       0  75.0 [30.1, 95.4]      75.0 [30.1, 95.4]
                oracle of iteration 0          4       4       0  75.0 [30.1, 95.4]      75.0 [30.1, 95.4]
                oracle of iteration 1          4       4       0  75.0 [30.1, 95.4]      75.0 [30.1, 95.4]
                final against iteration 0: +31.3 points [-28.4, +90.9] over 4 tasks (95 % interval, paired by task)
                """);
    }

    @Test
    void aRunWithoutGradesHasNoPassRate() throws IOException {
        new FixtureRun(folder).rollouts("a", 0, "UU").write();
        assertThat(printed()).isEqualTo("""
                stage                  tasks  graded  failed  pass@1 %  failures unresolved %
                iteration 0                0       0       0         -                      -
                oracle of iteration 0      0       0       0         -                      -
                """);
    }

    @Test
    void aRunWithoutRolloutsSaysSo() throws IOException {
        Files.createDirectories(folder.resolve("rollouts"));
        assertThat(printed()).isEqualToIgnoringNewLines("No rollouts yet: there is no pass@1 to show.");
    }

    private String printed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StageTable.of(folder).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
