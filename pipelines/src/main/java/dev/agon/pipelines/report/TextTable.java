package dev.agon.pipelines.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Rows of cells as plain text with aligned columns, for a terminal. */
public final class TextTable {

    private TextTable() {}

    /**
     * Prints the rows, each with as many cells as the first.
     *
     * @param left columns, from 0, whose cells are aligned to the left; the others are aligned to the right
     */
    public static void print(List<List<String>> rows, Set<Integer> left, PrintStream out) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toArray();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < widths.length; column++) {
                String padding = " ".repeat(widths[column] - row.get(column).length());
                cells.add(left.contains(column) ? row.get(column) + padding : padding + row.get(column));
            }
            out.println(String.join("  ", cells).stripTrailing());
        }
    }
}
