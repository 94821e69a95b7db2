package dev.agon.tasks;

import dev.agon.fields.Field;

/** Takes the records of a file, one after the other. */
interface Records {

    /** @param place file and record, for messages */
    void record(String place, Field<BadRecordException> record);

    /** A record that cannot be read. */
    void bad(String place, BadRecordException why);
}
