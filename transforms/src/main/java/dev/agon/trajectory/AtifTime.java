package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.fields.Field;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/** Times in ATIF: ISO 8601. A time without an offset is in UTC. */
final class AtifTime {

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .optionalEnd()
            .toFormatter();

    private AtifTime() {}

    static JsonNode strict(Field<BadTrajectoryException> field) throws BadTrajectoryException {
        of(field);
        return field.node();
    }

    /** @throws BadTrajectoryException when the field is no text, or no time */
    static Instant of(Field<BadTrajectoryException> field) throws BadTrajectoryException {
        try {
            String text =
                    field.textOr("").strip().replace(' ', 'T').replace('t', 'T').replace('z', 'Z');
            TemporalAccessor time = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (time instanceof OffsetDateTime whole) {
                return whole.toInstant();
            }
            return time instanceof LocalDateTime local
                    ? local.toInstant(ZoneOffset.UTC)
                    : LocalDate.from(time).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noTime) {
            throw field.wrong("a time such as 2026-01-31T12:00:00Z");
        }
    }
}
