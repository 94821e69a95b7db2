package dev.agon.pipelines.plan;

import dev.agon.model.Price;

/**
 * What work takes of models. Infinite where nothing bounds it, and a fraction where it is a mean.
 *
 * @param calls answers
 * @param input tokens of prompts, those of the next two included
 * @param cached tokens of prompts that come from a cache
 * @param cacheWrite tokens of prompts that are written into a cache
 * @param output tokens of answers
 */
record Effort(double calls, double input, double cached, double cacheWrite, double output) {

    static final Effort NONE = new Effort(0, 0, 0, 0, 0);

    private static final double MILLION = 1e6;

    /** Work of which no token comes from a cache. */
    Effort(double calls, double input, double output) {
        this(calls, input, 0, 0, output);
    }

    Effort plus(Effort other) {
        return new Effort(
                calls + other.calls,
                input + other.input,
                cached + other.cached,
                cacheWrite + other.cacheWrite,
                output + other.output);
    }

    /** So many times this; none of it is nothing, even where it has no bound. */
    Effort times(double factor) {
        return factor == 0
                ? NONE
                : new Effort(calls * factor, input * factor, cached * factor, cacheWrite * factor, output * factor);
    }

    /** Of each part the larger. */
    Effort or(Effort other) {
        return new Effort(
                Math.max(calls, other.calls),
                Math.max(input, other.input),
                Math.max(cached, other.cached),
                Math.max(cacheWrite, other.cacheWrite),
                Math.max(output, other.output));
    }

    /** USD. */
    double cost(Price price) {
        return ((input - cached - cacheWrite) * price.input()
                        + cached * price.cached()
                        + cacheWrite * price.cacheWrite()
                        + output * price.output())
                / MILLION;
    }

    /** USD where no token comes from a cache, and all of a prompt may be written into one. */
    double highestCost(Price price) {
        return (part(input, Math.max(price.input(), price.cacheWrite())) + part(output, price.output())) / MILLION;
    }

    /** Nothing of a price of 0, whatever the tokens. */
    private static double part(double tokens, double price) {
        return price == 0 ? 0 : tokens * price;
    }
}
