package dev.agon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Protocol;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of every released version stay readable, by the value classes and by SQL that names their columns. The protocols of
 * released versions are kept as {@code released/tables-N.avpr}; a new version adds a file there and never changes one.
 */
class ReleasedTablesTest {

    @ParameterizedTest
    @MethodSource("releasedRecords")
    void filesOfAReleasedVersionCanBeRead(Schema released) {
        Schema today = today(released.getName());
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(today, released)
                        .getType())
                .as("today's %s reads a file of that version", released.getName())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("releasedRecords")
    void noColumnOfAReleasedVersionIsLostOrChanged(Schema released) {
        Schema today = today(released.getName());
        for (Schema.Field field : released.getFields()) {
            assertThat(today.getField(field.name()))
                    .as("%s.%s", released.getName(), field.name())
                    .isNotNull();
            assertThat(shape(today.getField(field.name()).schema()))
                    .as("%s.%s", released.getName(), field.name())
                    .isEqualTo(shape(field.schema()));
        }
    }

    @Test
    void theCurrentVersionIsAmongTheReleased() throws IOException {
        assertThat(forms(Tables.PROTOCOL))
                .as(
                        "today's tables are version %d; if a field was added, raise TableName.VERSION and add"
                                + " released/tables-%d.avpr",
                        TableName.VERSION, TableName.VERSION + 1)
                .isEqualTo(forms(released(TableName.VERSION)));
    }

    /** What files are written by; neither descriptions nor defaults are in it. */
    private static List<String> forms(Protocol tables) {
        return tables.getTypes().stream()
                .map(SchemaNormalization::toParsingForm)
                .toList();
    }

    @Test
    void everyFieldSaysWhatItMeans() {
        for (Schema record : Tables.PROTOCOL.getTypes()) {
            assertThat(record.getDoc()).as(record.getName()).isNotBlank();
            assertThat(record.getFields())
                    .allSatisfy(field -> assertThat(field.doc())
                            .as("%s.%s", record.getName(), field.name())
                            .isNotBlank());
        }
    }

    @Test
    void everyTableIsARecordOfTheProtocol() {
        assertThat(Arrays.stream(TableName.values()).map(TableName::schema))
                .allSatisfy(schema -> assertThat(Tables.PROTOCOL.getType(schema.getFullName()))
                        .isEqualTo(schema));
    }

    static Stream<Schema> releasedRecords() {
        return IntStream.rangeClosed(1, TableName.VERSION).boxed().flatMap(version -> {
            try {
                return released(version).getTypes().stream();
            } catch (IOException e) {
                throw new IllegalStateException("released/tables-" + version + ".avpr is missing", e);
            }
        });
    }

    private static Protocol released(int version) throws IOException {
        try (InputStream in = ReleasedTablesTest.class.getResourceAsStream("/released/tables-" + version + ".avpr")) {
            return Protocol.parse(in);
        }
    }

    private static Schema today(String record) {
        return Tables.PROTOCOL.getTypes().stream()
                .filter(schema -> schema.getName().equals(record))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the record " + record + " of a released version is gone"));
    }

    /** The column's type, without the fields of nested records, which are checked as records of their own. */
    private static String shape(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                schema.getTypes().stream()
                        .map(ReleasedTablesTest::shape)
                        .sorted()
                        .collect(Collectors.joining("|"));
            case ARRAY -> "array of " + shape(schema.getElementType());
            case RECORD -> schema.getName();
            default ->
                schema.getType()
                        + (schema.getLogicalType() == null
                                ? ""
                                : " " + schema.getLogicalType().getName());
        };
    }
}
