package dev.agon.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/** The records of a Parquet file, as the JSON objects that a file of JSON lines would have. */
final class ParquetRecords {

    private ParquetRecords() {}

    static void read(Path file, Records records) throws IOException {
        int number = 1;
        try (ParquetReader<IndexedRecord> rows = AvroParquetReader.<IndexedRecord>builder(
                        new LocalInputFile(file), new PlainParquetConfiguration())
                .withDataModel(GenericData.get())
                .build()) {
            for (IndexedRecord row = rows.read(); row != null; row = rows.read(), number++) {
                String place = place(file, number);
                try {
                    records.record(place, JsonRecord.of(json(row)));
                } catch (BadRecordException e) {
                    records.bad(place, e);
                }
            }
        } catch (IOException | RuntimeException e) { // a damaged file throws any of many runtime exceptions
            records.bad(
                    place(file, number),
                    new BadRecordException(
                            "not readable as Parquet: "
                                    + String.valueOf(e.getMessage()).replaceAll("\\s+", " ")
                                    + ": get the file anew; what follows in it was not read",
                            e));
        }
    }

    private static String place(Path file, int number) {
        return file + ":row " + number;
    }

    private static JsonNode json(Object value) throws BadRecordException {
        if (value instanceof IndexedRecord row) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Schema.Field field : row.getSchema().getFields()) {
                object.set(field.name(), json(row.get(field.pos())));
            }
            return object;
        }
        if (value instanceof Collection<?> items) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Object item : items) {
                // Some writers wrap the items of a list in records of one field.
                boolean wrapped = item instanceof IndexedRecord inner
                        && inner.getSchema().getFields().size() == 1;
                array.add(json(wrapped ? ((IndexedRecord) item).get(0) : item));
            }
            return array;
        }
        if (value instanceof ByteBuffer bytes) {
            return JsonNodeFactory.instance.textNode(text(bytes));
        }
        if (value instanceof Number number) {
            return JsonNodeFactory.instance.numberNode(number.doubleValue());
        }
        if (value instanceof Boolean bool) {
            return JsonNodeFactory.instance.booleanNode(bool);
        }
        return value == null
                ? JsonNodeFactory.instance.nullNode()
                : JsonNodeFactory.instance.textNode(value.toString());
    }

    /** Bytes as text, since some writers do not mark text as such. */
    private static String text(ByteBuffer bytes) throws BadRecordException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException e) {
            throw new BadRecordException("a column holds bytes that are not UTF-8 text: expected text", e);
        }
    }
}
