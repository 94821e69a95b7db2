package dev.agon.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptReportTest {

    @Test
    void understandsSentencesOfOtherSummarisers() {
        assertThat(AttemptReport.of("- All 12 tests pass after the fix")
                        .submission()
                        .orElseThrow()
                        .passed())
                .isTrue();
        assertThat(AttemptReport.of("- The tests do not pass").submission()).isEmpty();
        assertThat(AttemptReport.of("- 3 tests passed, 2 failed").submission()).isEmpty();
    }
}
