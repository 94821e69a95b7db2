package dev.agon.pipelines.report;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One row of a query: values by column name, some of them null. Asking for a column that the query does not have is a bug and throws. */
record Row(Map<String, Object> values) {

    OptionalDouble number(String column) {
        return value(column)
                .map(v -> OptionalDouble.of(((Number) v).doubleValue()))
                .orElse(OptionalDouble.empty());
    }

    OptionalLong count(String column) {
        return value(column).map(v -> OptionalLong.of(((Number) v).longValue())).orElse(OptionalLong.empty());
    }

    Optional<String> text(String column) {
        return value(column).map(String::valueOf);
    }

    private Optional<Object> value(String column) {
        if (!values.containsKey(column)) {
            throw new IllegalArgumentException("no column " + column + " in " + values.keySet());
        }
        return Optional.ofNullable(values.get(column));
    }
}
