package dev.agon.pipelines.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Why elements of a run failed: the failures grouped by reason, for the terminal.
 *
 * <p>In: the folder of a run. Out: one block for each reason, the most frequent first; what the run's stop kept from being done
 * comes last. Messages that differ in ids and numbers alone are one reason. Fails as {@link RunTables} does.
 */
public final class FailureReasons {

    private static final int MOST_FREQUENT = 3;

    private final List<Row> reasons;

    private FailureReasons(List<Row> reasons) {
        this.reasons = reasons;
    }

    /** Groups the failures of the run in {@code run}. */
    public static FailureReasons of(Path run) throws IOException {
        try (RunTables tables = RunTables.open(run)) {
            return new FailureReasons(
                    tables.rows("failure_reasons").stream().map(Row::new).toList());
        }
    }

    /** Prints the most frequent reasons of failures, each with an example. Prints nothing when nothing failed. */
    public void printMostFrequent(PrintStream out) {
        List<Row> failed = reasons.stream()
                .filter(reason -> !text(reason, "kind").equals("stopped"))
                .toList();
        failed.stream().limit(MOST_FREQUENT).forEach(reason -> {
            print(reason, out);
            out.printf("      such as %s%n", text(reason, "example_element"));
        });
        if (failed.size() > MOST_FREQUENT) {
            out.printf("  and %d more reasons%n", failed.size() - MOST_FREQUENT);
        }
    }

    /** Prints all reasons, each with the ids of its elements. */
    public void printAll(PrintStream out) {
        if (reasons.isEmpty()) {
            out.println("Nothing failed.");
        }
        for (Row reason : reasons) {
            print(reason, out);
            text(reason, "ids").lines().forEach(id -> out.println("      " + id));
        }
    }

    private static void print(Row reason, PrintStream out) {
        out.printf(
                "  %s x %s, %s: %s%n",
                Format.count(reason.count("elements").orElseThrow()),
                text(reason, "step"),
                text(reason, "kind"),
                text(reason, "example"));
    }

    private static String text(Row reason, String column) {
        return reason.text(column).orElse(Format.NONE);
    }
}
