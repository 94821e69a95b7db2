package dev.agon.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.agent.Outcome;
import dev.agon.rollout.Fault.Grading;
import dev.agon.rollout.Fault.Who;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {

    @ParameterizedTest
    @EnumSource
    void theReadmeSaysOfEachFaultWhatComesOfIt(Fault fault) throws Exception {
        String row = Files.readAllLines(Path.of("../docs/grading.md")).stream()
                .filter(line -> line.startsWith("| `" + fault.id() + "` | ") && line.split(" [|] ").length == 6)
                .findFirst()
                .orElseThrow();
        List<String> cells = Arrays.stream(row.split("[|]")).map(String::strip).toList();

        assertThat(cells.get(3)).isEqualTo(fault.who().name().toLowerCase(Locale.ROOT));
        assertThat(cells.get(4)).isEqualTo(fault.grading() == Grading.NONE ? "yes" : "no");
        assertThat(cells.get(5))
                .startsWith(
                        switch (fault.grading()) {
                            case CHECK -> "the check's";
                            case ZERO -> "0";
                            case NONE -> "none";
                        });
        assertThat(cells.get(6)).isEqualTo(fault.grading() != Grading.NONE ? "yes" : "no");
    }

    @ParameterizedTest
    @EnumSource
    void whatAnAgentDidIsGradedAndCountsAndNothingElseDoes(Fault fault) {
        boolean agent = fault.who() == Who.AGENT;
        assertThat(fault.grading() != Grading.NONE).isEqualTo(agent);
    }

    @ParameterizedTest
    @EnumSource
    void everyOutcomeOfAnAgentIsItsOwnButAStopOfTheRun(Outcome outcome) {
        assertThat(Fault.of(outcome.id()).who()).isEqualTo(outcome == Outcome.STOPPED ? Who.RUN : Who.AGENT);
    }

    @Test
    void outcomesAreFoundByTheirIds() {
        assertThat(Fault.of("submitted")).isEqualTo(Fault.ENDED);
        assertThat(Fault.of("submission_too_large")).isEqualTo(Fault.SUBMISSION_TOO_LARGE);
        assertThat(Fault.of("sandbox_abused").grading()).isEqualTo(Grading.ZERO);
    }
}
