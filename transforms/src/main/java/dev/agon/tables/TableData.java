package dev.agon.tables;

import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;

/** Avro's model of the rows of all tables: it knows how their timestamps are written. */
public final class TableData extends SpecificData {

    private static final TableData MODEL = new TableData();

    private TableData() {
        addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    /** Beam's ParquetIO finds the model of a class by this name. */
    public static TableData get() {
        return MODEL;
    }
}
