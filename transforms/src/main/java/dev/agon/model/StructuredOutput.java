package dev.agon.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How an endpoint is asked for an answer of a given form. */
public enum StructuredOutput {
    /** As the endpoint has it; by the prompt alone where it has nothing. */
    AUTO,
    /** By {@code response_format}. */
    JSON_SCHEMA,
    /** By a tool that the model must call. */
    TOOL,
    /** By the prompt alone. */
    NONE;

    /** The name in configuration files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(StructuredOutput::id).toList();
    }

    public static Optional<StructuredOutput> of(String id) {
        return Arrays.stream(values()).filter(value -> value.id().equals(id)).findFirst();
    }
}
