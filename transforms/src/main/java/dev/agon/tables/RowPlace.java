package dev.agon.tables;

import dev.agon.schemas.RolloutRow;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Where a row stands in its table: rows are sorted by task, then by iteration and index where they have one. */
final class RowPlace {

    private static final char END = '\0';

    private RowPlace() {}

    /** Sorts as the place does. */
    static String of(SpecificRecord row) {
        if (row instanceof RolloutRow onItsWay) {
            return of(onItsWay.getRollout());
        }
        return task(row) + END + number(row, "iteration") + number(row, "index");
    }

    /** The row's task; empty where it has none. */
    static String task(SpecificRecord row) {
        return value(row instanceof RolloutRow onItsWay ? onItsWay.getRollout() : row, "task_id") instanceof String id
                ? id
                : "";
    }

    /** The file of a place: all rows of one task are in one file. */
    static int file(String place, int files) {
        return Math.floorMod(place.substring(0, place.indexOf(END)).hashCode(), files);
    }

    private static String number(SpecificRecord row, String column) {
        return value(row, column) instanceof Integer number ? "%010d".formatted(number) : "";
    }

    private static Object value(SpecificRecord row, String column) {
        Schema.Field field = row.getSchema().getField(column);
        return field == null ? null : row.get(field.pos());
    }
}
