package dev.agon.trajectory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Outcomes in a table of comma-separated values, whose first line names the columns. */
final class OutcomeTable {

    private static final List<String> TASK = List.of("task_id", "instance_id", "task", "instance", "task_name");
    private static final List<String> TRIAL = List.of("trial", "trial_name", "trial_id");
    private static final Set<String> YES = Set.of("1", "1.0", "true", "yes", "resolved", "pass", "passed", "success");
    private static final Set<String> NO = Set.of("0", "0.0", "false", "no", "unresolved", "fail", "failed", "failure");

    /** No limit of its own for a value: the text is in memory already. */
    private static final CsvMapper CSV = CsvMapper.builder(CsvFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    /** @param line number of the line on which the row begins, from 1 */
    private record Row(int line, List<String> values) {}

    private final List<String> header;
    private final int task;
    private final int trial;
    private final int reward;
    private final int resolved;
    private final OutcomeRows rows;

    private OutcomeTable(List<String> header, OutcomeRows rows) throws BadTrajectoryException {
        this.header = header;
        this.rows = rows;
        this.task = column(TASK);
        this.trial = column(TRIAL);
        this.reward = column(List.of("reward"));
        this.resolved = column(List.of("resolved", "outcome"));
        if (task < 0) {
            throw new BadTrajectoryException(
                    "line 1",
                    "has no column of tasks, expected one of " + String.join(", ", TASK) + "; it has "
                            + shown(String.join(", ", header)));
        }
    }

    static void read(String text, OutcomeRows rows) throws BadTrajectoryException {
        List<Row> lines = rows(text);
        if (lines.isEmpty()) {
            throw new BadTrajectoryException("", "the file is empty, expected a line that names the columns");
        }
        OutcomeTable table = new OutcomeTable(lines.get(0).values(), rows);
        for (Row line : lines.subList(1, lines.size())) {
            table.line(line);
        }
    }

    private void line(Row line) {
        if (line.values().size() != header.size()) {
            rows.bad(new BadTrajectoryException(
                    "line " + line.line(),
                    "has " + line.values().size() + " values, expected " + header.size() + " as in line 1"));
            return;
        }
        String taskId = line.values().get(task);
        if (taskId.isEmpty()) {
            rows.bad(wrong(line, task, "the task's id"));
        } else if (reward < 0 && resolved < 0) {
            matrix(line, taskId);
        } else {
            try {
                row(line, taskId);
            } catch (BadTrajectoryException e) {
                rows.bad(e.field().isEmpty() ? e.at("line " + line.line()) : e);
            }
        }
    }

    private void row(Row line, String taskId) throws BadTrajectoryException {
        Optional<String> name =
                Optional.of(trial < 0 ? "" : line.values().get(trial)).filter(value -> !value.isEmpty());
        if (reward < 0) {
            boolean solved = truth(line, resolved);
            rows.add(taskId, name, solved, solved ? 1 : 0);
        } else {
            double value = number(line, reward);
            rows.add(taskId, name, resolved < 0 ? value >= 1 : truth(line, resolved), value);
        }
    }

    /** Every other column is a trial. An empty cell is an attempt that was not made. */
    private void matrix(Row line, String taskId) {
        for (int column = 0; column < header.size(); column++) {
            try {
                if (column != task && !line.values().get(column).isEmpty()) {
                    boolean solved = truth(line, column);
                    rows.add(taskId, Optional.of(header.get(column)), solved, solved ? 1 : 0);
                }
            } catch (BadTrajectoryException e) {
                rows.bad(e.field().isEmpty() ? e.at("line " + line.line()) : e);
            }
        }
    }

    private boolean truth(Row line, int column) throws BadTrajectoryException {
        String value = line.values().get(column).toLowerCase(Locale.ROOT);
        if (!YES.contains(value) && !NO.contains(value)) {
            throw wrong(line, column, "1 or 0, true or false, resolved or unresolved, passed or failed");
        }
        return YES.contains(value);
    }

    private double number(Row line, int column) throws BadTrajectoryException {
        try {
            double value = Double.parseDouble(line.values().get(column));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, as of values that are no finite number
        }
        throw wrong(line, column, "a finite number");
    }

    private BadTrajectoryException wrong(Row line, int column, String expected) {
        String value = line.values().get(column);
        return new BadTrajectoryException(
                "line " + line.line() + ", " + header.get(column),
                "is " + (value.isEmpty() ? "empty" : "`" + shown(value) + "`") + ", expected " + expected);
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private int column(List<String> names) {
        for (int column = 0; column < header.size(); column++) {
            if (names.contains(header.get(column).toLowerCase(Locale.ROOT))) {
                return column;
            }
        }
        return -1;
    }

    /** All rows but blank ones. Blanks around a value are left out, unless they stand in quotes. */
    private static List<Row> rows(String text) throws BadTrajectoryException {
        List<Row> rows = new ArrayList<>();
        int line = 1;
        try (CsvParser parser = CSV.getFactory().createParser(text)) {
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                line = parser.currentLocation().getLineNr();
                List<String> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(parser.getText());
                }
                if (values.size() > 1 || !values.get(0).isBlank()) {
                    rows.add(new Row(line, values));
                }
            }
            return rows;
        } catch (JsonProcessingException e) {
            if (e.getOriginalMessage().startsWith("Missing closing quote")) {
                throw new BadTrajectoryException(
                        "line " + line, "a quoted value does not end, expected a closing quote");
            }
            throw new BadTrajectoryException(
                    "line " + e.getLocation().getLineNr(),
                    "after the end of a quoted value stands more, expected a comma or the line's end");
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
    }
}
