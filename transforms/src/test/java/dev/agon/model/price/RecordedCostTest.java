package dev.agon.model.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.model.Price;
import dev.agon.model.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;

/** The bill of 225 real trajectories, computed anew from their token counts. */
class RecordedCostTest {

    private static final Path DATA = Path.of("../../shared/data");
    private static final Path TRAJECTORIES = DATA.resolve("tb21-mini-swe-agent-dev.tar.gz");
    private static final Path PRICES = DATA.resolve("model-prices.json");
    private static final double THOUSANDTH_OF_A_CENT = 1e-5;

    @Test
    void tokenCountsGiveTheRecordedCostOfEveryTrajectory() throws Exception {
        assumeTrue(
                Files.exists(TRAJECTORIES) && Files.exists(PRICES),
                DATA + " has no trajectories or no prices: the test of recorded costs is left out");
        Price price =
                PriceTable.read(PRICES).find("deepseek-v4-flash").orElseThrow().price();

        List<Usage> recorded = recorded();

        assertThat(recorded)
                .hasSize(225)
                .allSatisfy(usage -> assertThat(price.cost(usage))
                        .isPositive()
                        .isCloseTo(usage.costUsd(), within(THOUSANDTH_OF_A_CENT)));
        Usage total = recorded.stream().reduce(Usage.NONE, Usage::plus);
        assertThat(price.cost(total)).isCloseTo(total.costUsd(), within(THOUSANDTH_OF_A_CENT));
    }

    private static List<Usage> recorded() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Usage> usages = new ArrayList<>();
        try (InputStream file = Files.newInputStream(TRAJECTORIES);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().endsWith(".json")) {
                    JsonNode metrics =
                            json.readTree(tar.readAllBytes()).path("trajectory").path("final_metrics");
                    usages.add(new Usage(
                            metrics.required("total_prompt_tokens").longValue(),
                            metrics.required("total_cached_tokens").longValue(),
                            metrics.required("total_completion_tokens").longValue(),
                            metrics.required("total_cost_usd").doubleValue()));
                }
            }
        }
        return usages;
    }
}
