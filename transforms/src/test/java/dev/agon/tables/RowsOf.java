package dev.agon.tables;

import dev.agon.gathering.Union;
import dev.agon.schemas.TableName;
import java.util.List;
import org.apache.beam.sdk.values.PCollection;

/** The rows of one table that a step gave. */
public final class RowsOf {

    private RowsOf() {}

    @SuppressWarnings("unchecked") // the rows of one table are all of one record
    public static <T> PCollection<T> table(WithRows<?> step, TableName table, Class<T> record) {
        List<PCollection<T>> parts = step.rows().stream()
                .filter(rows -> rows.table() == table)
                .map(rows -> (PCollection<T>) rows.part())
                .toList();
        return Union.of(step.getPipeline(), "RowsOf_" + table, parts, record);
    }
}
