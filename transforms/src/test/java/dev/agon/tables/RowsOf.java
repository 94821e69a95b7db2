package dev.agon.tables;

import dev.agon.schemas.TableName;
import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;

/** The rows of one table that a step gave. */
public final class RowsOf {

    private RowsOf() {}

    @SuppressWarnings("unchecked") // the rows of one table are all of one record
    public static <T> PCollection<T> table(WithRows<?> step, TableName table, Class<T> record) {
        List<PCollection<T>> parts = step.rows().stream()
                .filter(rows -> rows.table() == table)
                .map(rows -> (PCollection<T>) rows.part())
                .toList();
        String label = "RowsOf_" + table;
        return parts.isEmpty()
                ? step.getPipeline().apply(label, Create.empty(TypeDescriptor.of(record)))
                : PCollectionList.of(parts).apply(label, Flatten.pCollections());
    }
}
