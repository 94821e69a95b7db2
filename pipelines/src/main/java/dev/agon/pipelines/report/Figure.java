package dev.agon.pipelines.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One figure of the report: the result of one SQL resource over the tables of a run. The first comment line of the resource is the
 * title. The other comment lines at its top are the note.
 *
 * @param name name of the resource without {@code .sql}
 * @param rows in the order of the query
 */
record Figure(String name, String title, String note, List<Row> rows) {

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The text of {@code <name>.sql} beside this class. */
    static String sql(String name) {
        try (InputStream in = Figure.class.getResourceAsStream(name + ".sql")) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name + ".sql beside " + Figure.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + name + ".sql is on the class path but cannot be read", e);
        }
    }

    static Figure of(String name, String sql, List<Row> rows) {
        List<String> comment = new ArrayList<>();
        for (String line : sql.lines().toList()) {
            if (!line.startsWith("-- ")) {
                break;
            }
            comment.add(line.substring(3));
        }
        return new Figure(name, comment.get(0), String.join(" ", comment.subList(1, comment.size())), rows);
    }
}
