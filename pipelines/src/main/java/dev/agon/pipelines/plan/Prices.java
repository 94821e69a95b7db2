package dev.agon.pipelines.plan;

import dev.agon.model.ModelConfig;
import dev.agon.model.Price;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What is known of the prices of models. Models without an endpoint cost nothing. */
final class Prices {

    private static final Price FREE = new Price(0, 0, 0, 0);

    private Prices() {}

    static boolean known(ModelConfig model) {
        return model.endpoint() == null
                || model.price() != null && !model.price().reported();
    }

    /** The mean price of models that each do the same share of the work. All their prices must be known. */
    static Price mean(List<ModelConfig> models) {
        return new Price(
                mean(models, Price::input),
                mean(models, Price::cached),
                mean(models, Price::cacheWrite),
                mean(models, Price::output));
    }

    private static double mean(List<ModelConfig> models, ToDoubleFunction<Price> part) {
        return models.stream()
                .mapToDouble(model -> part.applyAsDouble(model.price() == null ? FREE : model.price()))
                .average()
                .orElseThrow();
    }
}
