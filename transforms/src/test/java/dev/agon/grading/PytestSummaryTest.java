package dev.agon.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PytestSummaryTest {

    private static final String HEADER =
            "=========================== short test summary info ============================\n";

    @Test
    void testsAreCountedByTheirOutcome() throws Exception {
        HiddenCheck.PytestSummary summary =
                HiddenCheck.PytestSummary.parse("PASSED before::the_summary\n" + HEADER + """
                PASSED tests/test_a.py::test_1
                \u001b[32mPASSED\u001b[0m tests/test_a.py::test_2[a b]
                XFAIL tests/test_a.py::test_3 - known
                ========================= 2 passed, 1 xfailed in 0.01s =========================
                """);

        assertThat(summary).isEqualTo(new HiddenCheck.PytestSummary(3, 0));
        assertThat(summary.allPassed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FAILED test_a.py::test_2 - assert 1 == 2 | 1
            ERROR test_a.py - SyntaxError            | 1
            SKIPPED [3] test_a.py:7: no network      | 3
            XPASS test_a.py::test_2                  | 1
            SKIPPED [99999999999999] test_a.py       | 1
            """)
    void anythingButAPassIsNone(String line, int others) throws Exception {
        HiddenCheck.PytestSummary summary =
                HiddenCheck.PytestSummary.parse(HEADER + "PASSED test_a.py::test_1\n" + line + "\n");

        assertThat(summary).isEqualTo(new HiddenCheck.PytestSummary(1, others));
        assertThat(summary.allPassed()).isFalse();
    }

    @Test
    void noNumberOfSkippedTestsComesToNone() throws Exception {
        String skipped = "SKIPPED [858993459] test_a.py:7: no\n".repeat(5) + "SKIPPED [1] test_a.py:8: no\n";
        HiddenCheck.PytestSummary summary =
                HiddenCheck.PytestSummary.parse(HEADER + "PASSED test_a.py::test_1\n" + skipped);
        assertThat(summary).isEqualTo(new HiddenCheck.PytestSummary(1, Integer.MAX_VALUE));
    }

    @Test
    void withoutASummaryOrTestsInItThereIsNoVerdict() {
        assertThatThrownBy(() -> HiddenCheck.PytestSummary.parse("3 passed in 0.1s\n"))
                .isInstanceOf(NoVerdictException.class)
                .hasMessageContaining("no short test summary");
        assertThatThrownBy(() -> HiddenCheck.PytestSummary.parse(HEADER + "=== no tests ran in 0.1s ===\n"))
                .isInstanceOf(NoVerdictException.class)
                .hasMessageContaining("names no test");
    }
}
