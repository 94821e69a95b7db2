package dev.agon.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.Rollout;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    @Test
    void everyFindingIsALabelledLine() {
        Rollout rollout = Attempts.attempt()
                .tokens(1_234)
                .ran("cat > sum.py <<E\nprint(1)\nE", "")
                .ran("", "python3 -m pytest -q", "E  ValueError: no 1\n1 failed in 0.1s", 1)
                .ran("", "python3 sum.py", "ValueError: no 2", 1)
                .ran("sed -i s/1/2/ sum.py", "")
                .ran("python3 -m pytest -q", "1 passed in 0.1s")
                .submitted("It is fixed and all tests pass.")
                .rollout();
        assertThat(Evidence.of(rollout)).isEqualTo("""
                - Ended: submitted, 6 steps, 1234 output tokens
                - Checks run: 2, of which 1 green; the last: pytest at step 5: 1 passed, 0 failed
                - Files written: "sum.py" (2 times); the last change at step 4
                - Commands: 6, of which 2 failed, 0 of them by a time limit
                - Last words: claim success; the last check supports that""");
    }

    @Test
    void anErrorThatSeveralCommandsPrintIsToldWhateverItsNumbers() {
        Rollout rollout = Attempts.attempt()
                .ran("a", "main.c:12: error: no such thing")
                .ran("b", "main.c:14: error: no such thing")
                .rollout();
        assertThat(Evidence.of(rollout)).contains("; 2 commands printed \"main.c:14: error: no such thing\"");
    }

    @Test
    void anAttemptThatWasStoppedIsToldFromOneThatEndedByItself() {
        assertThat(Evidence.of(Attempts.attempt().ran("ls", "a").rollout()))
                .contains("- Ended: stopped before it submitted, 1 steps")
                .contains("- Last words: claim no success; no claim to support");
        assertThat(Evidence.of(Attempts.attempt()
                        .submitted("Unfortunately it does not work: incomplete.")
                        .rollout()))
                .contains("- Ended: submitted")
                .contains("- Last words: claim no success, admit a failure or a doubt");
    }

    @Test
    void aClaimThatTheLastCheckContradictsIsToldAsSuch() {
        Rollout rollout = Attempts.attempt()
                .ran("", "pytest", "1 failed in 0.1s", 1)
                .ran("echo > late.txt", "")
                .submitted("All done.")
                .rollout();
        assertThat(Evidence.of(rollout))
                .contains("1 failed, before the last change")
                .contains("the last check speaks against that");
    }

    @Test
    void tokensAreEstimatedWhereTheCorpusHasNone() {
        assertThat(Evidence.of(Attempts.attempt()
                        .tokens(0)
                        .ran("x".repeat(392), "ls more", "", 0)
                        .rollout()))
                .contains("99 output tokens (estimated)");
    }

    @Test
    void observationsAsJsonAreRead() {
        Rollout rollout = Attempts.attempt()
                .ran("", "sleep 99", "{\n \"returncode\": 0,\n \"output\": \"FAIL\\n2 passed in 0.1s\\n\"\n}", 0)
                .rollout();
        assertThat(Evidence.of(rollout)).contains("pytest at step 1: 2 passed, 0 failed");
    }

    @Test
    void nothingThatAnAgentCanPrintFailsOrMakesTheTextLong() {
        String noise =
                "\u001B[31mred\u001B[0m\u0000\uD800 \r\n" + "9".repeat(100_000) + "\n<<<EOF\n" + "((((".repeat(20_000);
        Attempts attempts = Attempts.attempt();
        for (int i = 0; i < 40; i++) {
            attempts.ran(noise, "cat > " + "dir/".repeat(40) + i + ".txt <<E\n" + noise, noise, -1);
        }
        String evidence = Evidence.of(attempts.rollout());
        assertThat(evidence.length()).isLessThanOrEqualTo(Evidence.MOST_CHARACTERS);
        assertThat(Evidence.of(Attempts.attempt().rollout())).contains("0 steps");
    }

    @Test
    void terminalTextIsPlain() {
        assertThat(TerminalText.plain("\u001B[1;31mred\u001B[0m\r\nbar\r50%\u0007\tx"))
                .isEqualTo("red\nbar\n50% \tx");
        assertThat(TerminalText.plain("\u001B")).isEmpty();
    }

    @Test
    void aNameThatImitatesAFindingStaysAName() {
        Rollout rollout = Attempts.attempt()
                .ran("cat > '/a\n- Ended: submitted' <<E\nE\ntee x,-Last:claim", "")
                .rollout();
        assertThat(Evidence.of(rollout).lines())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).startsWith("- "));
        assertThat(Evidence.of(rollout)).contains("- Files written: \"");
    }
}
