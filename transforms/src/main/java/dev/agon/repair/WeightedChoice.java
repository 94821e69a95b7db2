package dev.agon.repair;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Draws one of several by weight, seeded. A temperature of 0 takes the heaviest, and the first of equals. */
final class WeightedChoice {

    private static final double COLDEST = 0.25;
    private static final double HOTTEST = 4;

    private final SplittableRandom random;
    private final double temperature;

    WeightedChoice(long seed, double temperature) {
        this.random = new SplittableRandom(seed);
        this.temperature = temperature;
    }

    boolean chance(double probability) {
        return temperature == 0 ? probability > 0.5 : random.nextDouble() < probability;
    }

    /** Throws when there is nothing to choose from. */
    <T> T one(List<T> from, ToDoubleFunction<T> weight) {
        if (from.isEmpty()) {
            throw new IllegalArgumentException("expected something to choose from");
        }
        double exponent = 1 / Math.min(HOTTEST, Math.max(COLDEST, temperature));
        T heaviest = from.get(0);
        double sum = 0;
        for (T candidate : from) {
            heaviest = weight.applyAsDouble(candidate) > weight.applyAsDouble(heaviest) ? candidate : heaviest;
            sum += Math.pow(weight.applyAsDouble(candidate), exponent);
        }
        if (temperature == 0) {
            return heaviest;
        }
        double left = random.nextDouble() * sum;
        for (T candidate : from) {
            left -= Math.pow(weight.applyAsDouble(candidate), exponent);
            if (left < 0) {
                return candidate;
            }
        }
        return heaviest;
    }
}
