package dev.agon.model;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * What answers consumed.
 *
 * @param inputTokens tokens of the prompts, cached ones and those written to a cache included
 * @param cachedTokens tokens of the prompts that came from the endpoint's cache
 * @param cacheWriteTokens tokens of the prompts that the endpoint wrote into its cache
 * @param outputTokens tokens of the answers, reasoning included
 * @param reasoningTokens tokens of the answers that were reasoning
 * @param costUsd what the answers cost in USD; 0 where no price is known
 * @param estimated whether the endpoint gave no usage, so that the tokens are an estimate
 */
public record Usage(
        long inputTokens,
        long cachedTokens,
        long cacheWriteTokens,
        long outputTokens,
        long reasoningTokens,
        double costUsd,
        boolean estimated) {

    public static final Usage NONE = new Usage(0, 0, 0, 0);

    /** Usage of an endpoint that knows neither cache writes nor reasoning. */
    public Usage(long inputTokens, long cachedTokens, long outputTokens, double costUsd) {
        this(inputTokens, cachedTokens, 0, outputTokens, 0, costUsd, false);
    }

    /** What a record says in the columns that {@link #into} sets. */
    public static Usage of(SpecificRecord record) {
        return new Usage(
                (long) column(record, "input_tokens", 0L),
                (long) column(record, "cached_tokens", 0L),
                (long) column(record, "cache_write_tokens", 0L),
                (long) column(record, "output_tokens", 0L),
                (long) column(record, "reasoning_tokens", 0L),
                (double) column(record, "cost_usd", 0.0),
                (boolean) column(record, "usage_estimated", false));
    }

    private static Object column(SpecificRecord record, String name, Object absent) {
        Schema.Field field = record.getSchema().getField(name);
        return field == null ? absent : record.get(field.pos());
    }

    /** Sets the columns of a record that have the usual names; a table may lack some. */
    public <T extends SpecificRecord> T into(T record) {
        set(record, "tokens", tokens());
        set(record, "input_tokens", inputTokens);
        set(record, "cached_tokens", cachedTokens);
        set(record, "cache_write_tokens", cacheWriteTokens);
        set(record, "output_tokens", outputTokens);
        set(record, "reasoning_tokens", reasoningTokens);
        set(record, "cost_usd", costUsd);
        set(record, "usage_estimated", estimated);
        return record;
    }

    static void set(SpecificRecord record, String column, Object value) {
        Schema.Field field = record.getSchema().getField(column);
        if (field != null) {
            record.put(field.pos(), value);
        }
    }

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                cachedTokens + other.cachedTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                outputTokens + other.outputTokens,
                reasoningTokens + other.reasoningTokens,
                costUsd + other.costUsd,
                estimated || other.estimated);
    }

    /** Tokens of prompts and answers together. */
    public long tokens() {
        return inputTokens + outputTokens;
    }

    public Usage withCost(double usd) {
        return new Usage(inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens, usd, estimated);
    }
}
