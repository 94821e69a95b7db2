package dev.agon.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The columns that the figures name exist in the schemas, with the same types, and there is an empty table for each table of a run. */
class ColumnsTest {

    @Test
    void everyColumnIsAFieldOfItsTable(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("rollouts"));
        try (RunTables tables = RunTables.open(folder)) {
            List<Row> columns = tables.query(
                    "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'empty'");
            assertThat(columns).hasSizeGreaterThan(50);
            for (Row column : columns) {
                String table = column.text("table_name").orElseThrow();
                String name = column.text("column_name").orElseThrow();
                Schema.Field field = TableName.valueOf(table.toUpperCase(Locale.ROOT))
                        .schema()
                        .getField(name);
                assertThat(field).as("%s.%s in tables.avdl", table, name).isNotNull();
                assertThat(column.text("data_type")).as("%s.%s", table, name).hasValue(type(field.schema()));
            }
            assertThat(columns.stream()
                            .map(c -> c.text("table_name").orElseThrow())
                            .distinct())
                    .containsExactlyInAnyOrder(Arrays.stream(TableName.values())
                            .map(TableName::folder)
                            .toArray(String[]::new));
        }
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                type(schema.getTypes().stream()
                        .filter(s -> s.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow());
            case STRING -> "VARCHAR";
            case INT -> "INTEGER";
            case LONG -> "BIGINT";
            case DOUBLE -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case ARRAY -> type(schema.getElementType()) + "[]";
            default -> throw new IllegalArgumentException("no figure reads " + schema);
        };
    }
}
