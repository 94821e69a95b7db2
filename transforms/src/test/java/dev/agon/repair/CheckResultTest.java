package dev.agon.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckResultTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "2 of 3 checks passed ~ fails (1 of 3)",
                "3/5 tests failed ~ fails (3 of 5)",
                "=== 2 failed, 1 passed in 0.1s === ~ fails (2 of 3)",
                "Ran 4 tests in 0s FAILED (failures=1, errors=2) ~ fails (3 of 7)",
                "not ok 1 - it adds ~ fails (1)",
                "AssertionError ~ fails",
            })
    void readsWhatRunnersPrint(String output, String words) {
        CheckResult result = CheckResult.of(observation(1, output));
        assertThat(result.words()).isEqualTo(words);
        assertThat(CheckResult.fromWords(words).orElseThrow().words()).isEqualTo(words);
    }

    @Test
    void returnCodeZeroPasses() {
        assertThat(CheckResult.of(observation(0, "3 of 3 checks passed")).words())
                .isEqualTo("passes (3 of 3)");
        assertThat(CheckResult.of(observation(0, "")).words()).isEqualTo("passes");
    }

    @Test
    void whatWasEndedFromOutsideFails() {
        Observation ended = Observation.parse(
                "<returncode>0</returncode><exception>timed out</exception><output>3 passed</output>");
        assertThat(CheckResult.of(ended).words()).isEqualTo("fails");
    }

    @Test
    void fewerFailuresAndLaterLinesAreBetter() {
        CheckResult three = CheckResult.of(observation(1, "3 failed"));
        CheckResult two = CheckResult.of(observation(1, "2 failed"));
        CheckResult early = CheckResult.of(observation(1, "Traceback: line 7"));
        CheckResult late = CheckResult.of(observation(1, "Traceback: line 9"));
        CheckResult pass = CheckResult.of(observation(0, ""));
        assertThat(two.betterThan(three)).isTrue();
        assertThat(three.betterThan(two)).isFalse();
        assertThat(two.betterThan(two)).isFalse();
        assertThat(late.betterThan(early)).isTrue();
        assertThat(two.betterThan(early)).isFalse();
        assertThat(pass.betterThan(two)).isTrue();
        assertThat(two.betterThan(pass)).isFalse();
    }

    private static Observation observation(int code, String output) {
        return Observation.parse("<returncode>" + code + "</returncode>\n<output>\n" + output + "\n</output>");
    }
}
