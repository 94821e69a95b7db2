package dev.agon.pipelines.config;

import dev.agon.model.ModelConfig;
import dev.agon.runtime.Budget;
import java.util.Set;

/** The budget of a configuration, held to what is valid. */
final class BudgetCheck {

    private BudgetCheck() {}

    static Budget of(RunConfig config) throws ConfigException {
        RunConfig.Budget budget = config.budget();
        if (budget.usd() != null && !(budget.usd() >= 0)) {
            throw new ConfigException("`budget.usd` is " + budget.usd() + ": it must be 0 or more");
        }
        if (budget.tokens() != null && budget.tokens() < 0) {
            throw new ConfigException("`budget.tokens` is " + budget.tokens() + ": it must be 0 or more");
        }
        return new Budget(budget.usd(), budget.tokens());
    }

    /** A budget in USD would never be reached by a model without a price. */
    static void refuseUnknownPrices(Budget budget, Set<ModelConfig> models) throws ConfigException {
        if (budget.usd() == null) {
            return;
        }
        for (ModelConfig model : models) {
            if (model.endpoint() != null && model.price() == null) {
                throw new ConfigException("`budget.usd` cannot be held: no price is known for " + model.id()
                        + ". Set model.price, or name a table that has it with model.prices, or set budget.tokens");
            }
        }
    }
}
