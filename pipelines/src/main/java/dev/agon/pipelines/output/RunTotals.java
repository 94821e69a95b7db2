package dev.agon.pipelines.output;

import dev.agon.pipelines.report.RunTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The totals of a run, added up from its tables. */
public final class RunTotals {

    private RunTotals() {}

    /** Totals by the names that {@code run.json} has for them. */
    public static Map<String, Object> of(Path run) throws IOException {
        try (RunTables tables = RunTables.open(run)) {
            return tables.rows("totals").get(0);
        }
    }

    /** Elements that were not started or not finished, because the run was stopped. */
    public static long stopped(Map<String, Object> totals) {
        return ((Number) totals.get("stopped")).longValue();
    }

    public static long failures(Map<String, Object> totals) {
        return ((Number) totals.get("failures")).longValue();
    }
}
