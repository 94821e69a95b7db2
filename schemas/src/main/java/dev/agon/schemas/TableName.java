package dev.agon.schemas;

import java.util.Locale;
import org.apache.avro.Schema;

/** The tables of a run. Each is a folder of Parquet files, named in lower case, whose columns are the fields of one record. */
public enum TableName {
    TASKS(TaskRow.getClassSchema()),
    ROLLOUTS(Rollout.getClassSchema()),
    SUMMARIES(Summary.getClassSchema()),
    VOTES(Vote.getClassSchema()),
    MATCHES(Match.getClassSchema()),
    SELECTIONS(Selection.getClassSchema()),
    SELECTORS(Selector.getClassSchema()),
    CONTEXTS(RefinementContext.getClassSchema()),
    GRADES(Grade.getClassSchema()),
    FAILURES(Failure.getClassSchema());

    /** Version of all the tables together; it grows when a column is added. */
    public static final int VERSION = 5;

    private final Schema schema;

    TableName(Schema schema) {
        this.schema = schema;
    }

    public Schema schema() {
        return schema;
    }

    /** Name of the table's folder. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
