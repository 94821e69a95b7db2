package dev.agon.pipelines.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * pass@1 by stage as plain text, for the terminal at the end of a run.
 *
 * <p>In: the folder of a run. Out: one line for each stage with its 95 % interval, then the gain of the last stage over iteration 0.
 * The stages are the paper's (arXiv 2604.16529): iteration 0, selected, final. Each share is given twice: over the graded rollouts,
 * and, which is Agon's own, with infrastructure failures counted as unresolved. A run without grades prints the counts. Fails as
 * {@link RunTables} does.
 */
public final class StageTable {

    private static final List<String> HEADER =
            List.of("stage", "tasks", "graded", "failed", "pass@1 %", "failures unresolved %");

    private final Figure stages;
    private final Figure gains;

    private StageTable(Figure stages, Figure gains) {
        this.stages = stages;
        this.gains = gains;
    }

    /** Computes the table of the run in {@code run}. */
    public static StageTable of(Path run) throws IOException {
        try (RunTables tables = RunTables.open(run)) {
            return new StageTable(tables.figure("pass_at_1_by_stage"), tables.figure("gain_over_iteration_0"));
        }
    }

    /** Prints the table, columns aligned, and a line below it. */
    public void print(PrintStream out) {
        if (stages.isEmpty()) {
            out.println("No rollouts yet: there is no pass@1 to show.");
            return;
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        stages.rows().forEach(row -> lines.add(cells(row)));
        TextTable.print(lines, Set.of(0), out);
        if (!gains.isEmpty()) {
            Row gain = gains.rows().get(gains.rows().size() - 1);
            out.printf(
                    "%s against iteration 0: %s points [%s, %s] over %d tasks (95 %% interval, paired by task)%n",
                    gain.text("label").orElseThrow(),
                    Format.points(gain.number("difference").orElseThrow()),
                    Format.points(gain.number("low").orElseThrow()),
                    Format.points(gain.number("high").orElseThrow()),
                    gain.count("tasks").orElseThrow());
        }
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.text("label").orElseThrow(),
                count(row.count("tasks")),
                count(row.count("graded")),
                count(row.count("failed")),
                Format.percent(row.number("pass_at_1"), row.number("low"), row.number("high")),
                Format.percent(row.number("pass_at_1_all"), row.number("low_all"), row.number("high_all")));
    }

    private static String count(OptionalLong count) {
        return count.isEmpty() ? Format.NONE : Format.count(count.getAsLong());
    }
}
