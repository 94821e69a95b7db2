package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.TableName;
import dev.agon.tables.TableColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** {@code docs/tables.md} is made of the schemas: {@code mvn test -Dtest=TablesPageTest -Dagon.write.docs=true} writes it anew. */
class TablesPageTest {

    private static final Path PAGE = Path.of("../docs/tables.md");

    @Test
    void thePageSaysWhatTheSchemasSay() throws IOException {
        String page = page();
        if (Boolean.getBoolean("agon.write.docs")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("after a change of the schemas: mvn test -Dtest=TablesPageTest -Dagon.write.docs=true")
                .hasContent(page);
    }

    private static String page() {
        List<Schema> nested = new ArrayList<>();
        StringBuilder page = new StringBuilder("""
                # Every column

                Made of `schemas/src/main/avro/tables.avdl`. A type with `?` may be null. [Tables and figures](statistics.md) says how to read them.
                """);
        for (TableName table : TableName.values()) {
            Schema columns = TableColumns.schema(table);
            append(page, "Table `" + table.folder() + "`", columns, nested);
        }
        // A record may hold others, which then stand behind it.
        for (int next = 0; next < nested.size(); next++) {
            Schema record = nested.get(next);
            append(page, "Record `" + record.getName() + "`", record, nested);
        }
        return page.toString();
    }

    private static void append(StringBuilder page, String title, Schema record, List<Schema> nested) {
        page.append("\n## ")
                .append(title)
                .append("\n\n")
                .append(record.getDoc())
                .append("\n\n| column | type | |\n| --- | --- | --- |\n");
        for (Schema.Field field : record.getFields()) {
            page.append("| `%s` | %s | %s |%n"
                    .formatted(
                            field.name(),
                            type(field.schema(), nested),
                            field.doc().replaceAll("\\s+", " ").replace("|", "\\|")));
        }
    }

    private static String type(Schema schema, List<Schema> nested) {
        return switch (schema.getType()) {
            case UNION ->
                type(
                                schema.getTypes().stream()
                                        .filter(one -> one.getType() != Schema.Type.NULL)
                                        .findFirst()
                                        .orElseThrow(),
                                nested)
                        + "?";
            case ARRAY -> "list of " + type(schema.getElementType(), nested);
            case RECORD -> {
                if (!nested.contains(schema)) {
                    nested.add(schema);
                }
                yield schema.getName();
            }
            default ->
                schema.getLogicalType() == null
                        ? schema.getType().getName()
                        : schema.getLogicalType().getName();
        };
    }
}
