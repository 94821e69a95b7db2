package dev.agon.pipelines;

import dev.agon.schemas.Ids;
import dev.agon.schemas.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** SQL over the tables of a run, and their fingerprint: everything but the columns of time and of what was paid. */
public final class RunQuery {

    private static final Set<String> TIME_AND_PAID =
            Set.of("started_at", "duration_ms", "model_ms", "model_calls_paid", "cost_usd_paid");

    private final Path run;

    public RunQuery(Path run) {
        this.run = run;
    }

    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** The first column of all rows. */
    public List<String> texts(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        }
    }

    /** A hash of each table's rows, in no order. */
    String fingerprint() throws SQLException {
        return fingerprint(EnumSet.allOf(TableName.class));
    }

    /** A hash of the rows of each of these tables, in no order. */
    String fingerprint(Set<TableName> of) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (TableName table : of) {
                try (ResultSet rows = statement.executeQuery("SELECT CAST(t AS VARCHAR) FROM (SELECT " + columns(table)
                        + " FROM " + table.folder() + ") t ORDER BY 1")) {
                    List<String> texts = new ArrayList<>();
                    while (rows.next()) {
                        texts.add(rows.getString(1));
                    }
                    tables.add(table.folder() + " " + texts.size() + " " + Ids.sha256(texts.toArray(String[]::new)));
                }
            }
        }
        return String.join("\n", tables);
    }

    /** Of the steps, what was said and done; how long it took is left out. */
    private static String columns(TableName table) {
        List<String> columns = new ArrayList<>();
        table.schema().getFields().stream()
                .map(field -> field.name())
                .filter(name -> !TIME_AND_PAID.contains(name))
                .map(name -> name.equals("steps")
                        ? "[{'message': s.message, 'observation': s.observation, 'commands':"
                                + " [[c.command, c.output, CAST(c.return_code AS VARCHAR), c.ended] FOR c IN s.commands]} FOR s IN steps] AS steps"
                        : '"' + name + '"')
                .forEach(columns::add);
        return String.join(", ", columns);
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            for (TableName table : TableName.values()) {
                statement.execute("CREATE VIEW " + table.folder() + " AS SELECT * FROM read_parquet('" + run + "/"
                        + table.folder() + "/*.parquet')");
            }
        }
        return connection;
    }
}
