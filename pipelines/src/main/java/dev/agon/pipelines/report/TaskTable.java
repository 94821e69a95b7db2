package dev.agon.pipelines.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line for each task and a column for each stage. A cell holds {@code resolved/graded}, then what was not graded: {@code 2/3, 1
 * failed}. In: the figure {@code tasks}, which has one row for each task and stage.
 */
final class TaskTable {

    private TaskTable() {}

    /** The stages, in the order in which they ran. */
    static List<String> stages(Figure tasks) {
        List<Row> ordered = new ArrayList<>(tasks.rows());
        ordered.sort((a, b) -> Long.compare(place(a), place(b)));
        return ordered.stream()
                .map(row -> row.text("label").orElseThrow())
                .distinct()
                .toList();
    }

    static List<List<String>> lines(Figure tasks) {
        List<String> stages = stages(tasks);
        Map<String, Map<String, String>> cells = new LinkedHashMap<>();
        for (Row row : tasks.rows()) {
            cells.computeIfAbsent(row.text("task_id").orElseThrow(), task -> new LinkedHashMap<>())
                    .put(row.text("label").orElseThrow(), cell(row));
        }
        List<List<String>> lines = new ArrayList<>();
        cells.forEach((task, byStage) -> {
            List<String> line = new ArrayList<>();
            line.add(task);
            stages.forEach(stage -> line.add(byStage.getOrDefault(stage, Format.NONE)));
            lines.add(line);
        });
        return lines;
    }

    private static String cell(Row row) {
        List<String> parts = new ArrayList<>();
        long graded = row.count("graded").orElseThrow();
        if (graded > 0) {
            parts.add(row.count("resolved").orElseThrow() + "/" + graded);
        }
        for (String status : List.of("failed", "stopped", "ungraded")) {
            long count = row.count(status).orElseThrow();
            if (count > 0) {
                parts.add(count + " " + status);
            }
        }
        return String.join(", ", parts);
    }

    private static long place(Row row) {
        int stage = List.of("iteration", "selected", "select_one", "final")
                .indexOf(row.text("stage").orElseThrow());
        return 4 * row.count("iteration").orElseThrow() + stage;
    }
}
