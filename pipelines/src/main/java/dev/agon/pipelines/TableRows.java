package dev.agon.pipelines;

import dev.agon.beam.TableTarget;
import dev.agon.beam.Union;
import dev.agon.beam.WriteTable;
import dev.agon.schemas.TableName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;

/** Gathers the rows of each table from the steps that have some, and writes every table, those without rows too. */
final class TableRows {

    private final TableTarget target;
    private final Map<TableName, List<PCollection<SpecificRecord>>> rows = new EnumMap<>(TableName.class);

    TableRows(TableTarget target) {
        this.target = target;
    }

    @SuppressWarnings("unchecked") // the rows of one table are all of its one record
    <T extends SpecificRecord> void add(TableName table, PCollection<T> part) {
        rows.computeIfAbsent(table, name -> new ArrayList<>()).add((PCollection<SpecificRecord>) part);
    }

    void write(Pipeline pipeline) {
        for (TableName table : TableName.values()) {
            write(pipeline, table);
        }
    }

    @SuppressWarnings("unchecked") // the class of a table's rows is the class of its schema
    private void write(Pipeline pipeline, TableName table) {
        Class<SpecificRecord> record = SpecificData.get().getClass(table.schema());
        Union.of(pipeline, "Rows_" + table.folder(), rows.getOrDefault(table, List.of()), record)
                .apply("Write_" + table.folder(), WriteTable.of(table, target));
    }
}
