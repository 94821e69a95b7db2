package dev.agon.tables;

import dev.agon.gathering.Union;
import dev.agon.schemas.Failure;
import dev.agon.schemas.RolloutRow;
import dev.agon.schemas.TableName;
import dev.agon.stores.JournalStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;

/** Gathers the rows of each table from all steps and writes every table, also those without rows. */
public final class TableRows {

    private final TableTarget target;
    private final JournalStore journal;
    private final Map<TableName, List<PCollection<? extends SpecificRecord>>> rows = new EnumMap<>(TableName.class);
    private final List<PCollection<Failure>> failures = new ArrayList<>();

    /** @param journal holds the long parts of rollouts until their rows are written */
    public TableRows(TableTarget target, JournalStore journal) {
        this.target = target;
        this.journal = journal;
    }

    /** Adds rows. They are records of the table; only the table of rollouts takes {@link RolloutRow}s. */
    public void add(TableName table, PCollection<? extends SpecificRecord> part) {
        rows.computeIfAbsent(table, name -> new ArrayList<>()).add(part);
    }

    /** The failures of steps that have no other rows; what is added here is a row of the table of failures. */
    public List<PCollection<Failure>> failures() {
        return failures;
    }

    /** Adds the steps that write all tables; nothing more is added after that. */
    public void write(Pipeline pipeline) {
        failures.forEach(part -> add(TableName.FAILURES, part));
        for (TableName table : TableName.values()) {
            String label = "Write_" + table.folder();
            if (table == TableName.ROLLOUTS) {
                gathered(pipeline, table, RolloutRow.class)
                        .apply(label, WriteTable.of(table, target, new WholeRollout(journal)));
            } else {
                Class<SpecificRecordBase> record = SpecificData.get().getClass(table.schema());
                gathered(pipeline, table, record).apply(label, WriteTable.of(table, target));
            }
        }
    }

    @SuppressWarnings("unchecked") // the parts of one table are all of one record
    private <T extends SpecificRecord> PCollection<T> gathered(Pipeline pipeline, TableName table, Class<T> record) {
        List<PCollection<T>> parts = new ArrayList<>();
        rows.getOrDefault(table, List.of()).forEach(part -> parts.add((PCollection<T>) part));
        return Union.of(pipeline, "Rows_" + table.folder(), parts, record);
    }
}
