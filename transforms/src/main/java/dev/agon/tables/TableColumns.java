package dev.agon.tables;

import dev.agon.schemas.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.avro.AvroWriteSupport;

/**
 * The columns of a table's files: the fields of its record, and a few more for people who query them. Each row has the id of its run,
 * so that tables of several runs can be read as one. A column whose name is a keyword of SQL, or what a data frame calls something of
 * its own, stands there under another name as well. Readers of rows take the fields of the record alone.
 */
public final class TableColumns {

    private static final Schema TEXT = Schema.create(Schema.Type.STRING);
    private static final Schema NUMBER = Schema.create(Schema.Type.INT);
    private static final String RUN_ID = "run_id";
    /** As Parquet calls it, which has no constant for it. */
    private static final String READ_SCHEMA = "parquet.avro.read.schema";

    /** A column that is no field. */
    private record Added(
            String name, Schema type, String doc, TableName table, UnaryOperator<Object> value, String from) {

        static Added copy(TableName table, String from, String name) {
            return new Added(name, NUMBER, "The same as `" + from + "`.", table, value -> value, from);
        }

        /** @param part which part of a match's id, from the end */
        static Added ofMatchId(String name, Schema type, String doc, int part) {
            return new Added(
                    name,
                    type,
                    doc,
                    TableName.VOTES,
                    id -> {
                        String[] parts = id.toString().split("/");
                        String text = parts[parts.length - part];
                        return type == NUMBER ? (Object) Integer.valueOf(text) : text;
                    },
                    "match_id");
        }
    }

    private static final List<Added> ADDED = List.of(
            Added.copy(TableName.ROLLOUTS, "index", "slot"),
            Added.copy(TableName.MATCHES, "round", "round_number"),
            Added.copy(TableName.MATCHES, "group", "group_number"),
            Added.copy(TableName.SELECTIONS, "rank", "place"),
            Added.ofMatchId("iteration", NUMBER, "Iteration of the match, from 0.", 4),
            Added.ofMatchId("stage", TEXT, "Tournament of the match, as in `matches.stage`.", 3));

    private final Schema schema;
    private final List<Added> added;
    private final String runId;

    /** @param runId the run whose rows these are */
    TableColumns(TableName table, String runId) {
        this.schema = schema(table);
        this.added = added(table).toList();
        this.runId = runId;
    }

    /** All columns of a table, in the order of its files. */
    public static Schema schema(TableName table) {
        Schema record = table.schema();
        List<Schema.Field> fields = new ArrayList<>();
        record.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        added(table).forEach(column -> fields.add(new Schema.Field(column.name(), column.type(), column.doc())));
        fields.add(new Schema.Field(RUN_ID, TEXT, "The run: its name, seed and a hash of its configuration."));
        return Schema.createRecord(record.getName(), record.getDoc(), record.getNamespace(), false, fields);
    }

    /** The configuration by which Parquet's readers take the fields of a table's record and nothing else. */
    public static Map<String, String> ofRecord(TableName table) {
        return of(table.schema());
    }

    /** The configuration by which Parquet's readers take these columns and nothing else. */
    public static Map<String, String> of(Schema columns) {
        return Map.of(
                AvroReadSupport.AVRO_REQUESTED_PROJECTION,
                columns.toString(),
                READ_SCHEMA,
                columns.toString(),
                // Lists are looked for as they were written.
                AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE,
                "false");
    }

    Schema schema() {
        return schema;
    }

    /** The row with all columns. */
    GenericRecord of(SpecificRecordBase row) {
        List<Object> more = new ArrayList<>();
        added.forEach(column -> more.add(column.value()
                .apply(row.get(row.getSchema().getField(column.from()).pos()))));
        more.add(runId);
        return new Widened(schema, row, more);
    }

    private static Stream<Added> added(TableName table) {
        return ADDED.stream().filter(column -> column.table() == table);
    }

    private record Widened(Schema schema, SpecificRecordBase row, List<Object> more) implements GenericRecord {

        @Override
        public Schema getSchema() {
            return schema;
        }

        @Override
        public Object get(int column) {
            int fields = schema.getFields().size() - more.size();
            return column < fields ? row.get(column) : more.get(column - fields);
        }

        @Override
        public Object get(String column) {
            return get(schema.getField(column).pos());
        }

        @Override
        public void put(int column, Object value) {
            throw new UnsupportedOperationException("rows are only written");
        }

        @Override
        public void put(String column, Object value) {
            put(schema.getField(column).pos(), value);
        }
    }
}
