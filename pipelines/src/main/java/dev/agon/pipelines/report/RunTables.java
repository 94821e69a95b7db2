package dev.agon.pipelines.report;

import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The Parquet tables of one run, opened for SQL in an in-memory DuckDB.
 *
 * <p>In: the folder of a run, complete or not. A table without files, or without a folder, is empty. Out: the {@link Figure}s that
 * the SQL resources of this package define. Fails with {@link RunFolderException} when the folder holds no table at all, or when a
 * file in it is not readable Parquet. It writes nothing, and reads nothing but the run's files.
 */
public final class RunTables implements AutoCloseable {

    private final Path run;
    private final Connection connection;

    private RunTables(Path run, Connection connection) {
        this.run = run;
        this.connection = connection;
    }

    /** Opens the tables below {@code run}. */
    public static RunTables open(Path run) throws IOException {
        if (!Files.isDirectory(run)) {
            throw new RunFolderException(run + " is not a folder; give the output folder of a run");
        }
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:");
            RunTables tables = new RunTables(run, connection);
            try {
                tables.createViews();
                return tables;
            } catch (IOException | SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new RunFolderException("cannot read the tables in " + run + ": " + e.getMessage(), e);
        }
    }

    /** Runs the resource {@code <name>.sql} of this package. */
    Figure figure(String name) throws RunFolderException {
        String sql = Figure.sql(name);
        try {
            return Figure.of(name, sql, query(sql));
        } catch (SQLException e) {
            throw new RunFolderException(
                    "cannot compute " + name + " from the tables in " + run + ": " + e.getMessage()
                            + "; if a file is damaged, the same run started again rebuilds it from its journal",
                    e);
        }
    }

    /** The rows that the resource {@code run/<name>.sql} of this package selects, as values by column; a null stays a null. */
    public List<Map<String, Object>> rows(String name) throws RunFolderException {
        try {
            return query(Figure.sql("run/" + name)).stream().map(Row::values).toList();
        } catch (SQLException e) {
            throw new RunFolderException(
                    "cannot read " + name + " from the tables in " + run + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("an in-memory database did not close", e);
        }
    }

    List<Row> query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData columns = result.getMetaData();
            List<Row> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, Object> values = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    values.put(columns.getColumnLabel(i), result.getObject(i));
                }
                rows.add(new Row(values));
            }
            return rows;
        }
    }

    private void createViews() throws IOException, SQLException {
        // A report asks nothing outside the machine.
        execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false");
        execute(Figure.sql("setup/columns"));
        List<String> names =
                Arrays.stream(TableName.values()).map(TableName::folder).toList();
        if (names.stream().noneMatch(name -> Files.isDirectory(run.resolve(name)))) {
            throw new RunFolderException(run + " holds none of the tables of a run (" + String.join(", ", names)
                    + "); give the output folder of a run");
        }
        for (String name : names) {
            createView(name, parquetFiles(run.resolve(name)));
        }
        execute(Figure.sql("setup/statistics"));
        execute(Figure.sql("setup/stages"));
        boolean unpriced = !Report.RunInfo.read(run)
                .json()
                .map(json -> json.path("unpriced").isEmpty())
                .orElse(true);
        execute("SET VARIABLE unpriced = " + unpriced);
    }

    private void createView(String name, List<Path> files) throws RunFolderException {
        String view = "CREATE VIEW " + name + " AS SELECT * FROM empty." + name;
        if (!files.isEmpty()) {
            view += files.stream()
                    .map(file -> "'" + escapeGlob(file.toString()).replace("'", "''") + "'")
                    .collect(Collectors.joining(
                            ", ", " UNION ALL BY NAME SELECT * FROM read_parquet([", "], union_by_name = true)"));
        }
        try {
            execute(view);
        } catch (SQLException e) {
            throw new RunFolderException(
                    "cannot read the table " + name + " in " + run + ": " + e.getMessage()
                            + "; if a file is damaged, the same run started again rebuilds it from its journal",
                    e);
        }
    }

    /** The finished files of a table. Unfinished files, and check sums, have names that start with a dot or an underscore. */
    private static List<Path> parquetFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, entry -> {
            String name = entry.getFileName().toString();
            return name.endsWith(".parquet") && !name.startsWith(".") && !name.startsWith("_");
        })) {
            entries.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    /** DuckDB reads every path as a glob pattern. In a pattern, a class of one character stands for that character. */
    private static String escapeGlob(String path) {
        return path.replaceAll("[*?\\[]", "[$0]");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
