package dev.agon.pipelines.plan;

import dev.agon.model.price.ModelPrice;
import dev.agon.model.price.PriceException;
import dev.agon.model.price.PriceTable;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.config.ModelSection;
import dev.agon.pipelines.config.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The longest prompts that the models of a configuration take, where the tables of prices say so. */
public final class LongestPrompts {

    private LongestPrompts() {}

    /** Tokens by the name of the model; names that are not known are left out. */
    public static Map<String, Long> of(RunConfig config) throws ConfigException {
        List<ModelSection> sections = new ArrayList<>();
        RunConfig.Roles roles = config.roles();
        for (ModelSection own : new ModelSection[] {roles.agent(), roles.summarizer(), roles.judge()}) {
            ModelSection role = own == null ? config.model() : own.or(config.model());
            sections.add(role);
            if (role.roulette() != null) {
                role.roulette().forEach(each -> sections.add(each.or(role)));
            }
        }
        Map<String, Long> longest = new HashMap<>();
        for (ModelSection section : sections) {
            if (section.name() != null) {
                // Where two tables differ, the larger is the safe bound.
                table(section)
                        .find(section.name())
                        .map(ModelPrice::maxInputTokens)
                        .ifPresent(tokens -> tokens.ifPresent(most -> longest.merge(section.name(), most, Math::max)));
            }
        }
        return longest;
    }

    private static PriceTable table(ModelSection section) throws ConfigException {
        try {
            return section.prices() == null ? PriceTable.shipped() : PriceTable.read(Path.of(section.prices()));
        } catch (PriceException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }
}
