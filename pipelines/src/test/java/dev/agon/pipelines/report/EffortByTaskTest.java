package dev.agon.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffortByTaskTest {

    @TempDir
    Path folder;

    @Test
    void workIsAddedUpByRoleTaskAndIterationAndByesAreNoMatches() throws Exception {
        new FixtureRun(folder)
                .task("a")
                .rollouts("a", 0, "PFPX")
                .match("a", 0, "select", 0, 0, List.of(0, 1), 0, "tie_break", 0, 1, 0, -1)
                .match("a", 0, "select", 1, 0, List.of(0, 2), 0, "identical")
                .match("a", 0, "select", 1, 1, List.of(1), 1, "bye")
                .write();
        try (RunTables tables = RunTables.open(folder)) {
            List<Map<String, Object>> rows = tables.rows("effort_by_task");
            assertThat(rows).extracting(row -> row.get("role")).containsExactly("agent", "judge", "summariser");
            assertThat(numbers(rows.get(0))).containsExactly(3, 0, 0, 3, 3, 6, 300, 120, 0, 30);
            assertThat(numbers(rows.get(1))).containsExactly(2, 1, 1, 4, 0, 6, 44, 0, 0, 4);
            assertThat(numbers(rows.get(2))).containsExactly(3, 0, 0, 3, 0, 3, 60, 0, 0, 30);
        }
    }

    private static List<Integer> numbers(Map<String, Object> row) {
        return row.values().stream()
                .skip(3)
                .map(value -> ((Number) value).intValue())
                .toList();
    }
}
