package dev.agon.pipelines.plan;

import dev.agon.model.Price;

/**
 * How many calls and tokens some work takes. A number is infinite where nothing limits it, and a fraction where it is a mean.
 *
 * @param calls model calls
 * @param input tokens of prompts, cached and cacheWrite included
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

    /** This effort, {@code factor} times. Zero times an infinite effort is none. */
    Effort times(double factor) {
        return factor == 0
                ? NONE
                : new Effort(calls * factor, input * factor, cached * factor, cacheWrite * factor, output * factor);
    }

    /** The larger of both, number by number. */
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

    /** The highest USD: no token comes from a cache, and the whole prompt may be written into one. */
    double highestCost(Price price) {
        return (part(input, Math.max(price.input(), price.cacheWrite())) + part(output, price.output())) / MILLION;
    }

    /** Infinitely many tokens cost nothing at a price of 0. */
    private static double part(double tokens, double price) {
        return price == 0 ? 0 : tokens * price;
    }
}
