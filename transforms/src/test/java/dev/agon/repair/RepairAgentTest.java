package dev.agon.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest.Role;
import dev.agon.repair.ToyTask.Played;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RepairAgentTest {

    private static final String FAULTY = "def older(a, b):\n    return a.age < b.age\n";
    private static final String REPAIRED = "def older(a, b):\n    return a.age > b.age\n";
    private static final Map<String, String> FILES =
            Map.of("check.py", "from people import older\n", "people.py", FAULTY, "README.md", "People.\n");
    private static final RepairModel MODEL = new RepairModel(20);

    private static ToyTask task(Function<Map<String, String>, String> check) {
        return new ToyTask("The function `older` in people.py is wrong.", FILES, check);
    }

    private static ToyTask solvable() {
        return task(files -> files.get("people.py").equals(REPAIRED) ? "ok" : "0 of 1 checks passed");
    }

    @Test
    void looksReadsChecksTriesAndSubmitsWhatPasses() {
        Played played = LongStream.range(0, 20)
                .mapToObj(seed -> solvable().play(MODEL, seed, 1))
                .filter(attempt -> attempt.files().get("people.py").equals(REPAIRED))
                .findFirst()
                .orElseThrow();
        assertThat(played.submitted()).isTrue();
        assertThat(played.commands().get(0)).isEqualTo(Exploration.LIST);
        assertThat(played.commands().get(1)).contains("'people.py'").contains("'check.py'");
        assertThat(played.commands().get(2)).endsWith(ToyTask.CHECK);
        assertThat(played.trials()).last().asString().endsWith("comparison at people.py:2:18 `<` -> `>`.");
        assertThat(played.files()).containsEntry("check.py", FILES.get("check.py"));
    }

    @Test
    void everyReplyHoldsOneThoughtAndOneCommand() {
        Played played = solvable().play(MODEL, 1, 1);
        assertThat(played.messages())
                .filteredOn(message -> message.speaker() == ChatMessage.Speaker.ASSISTANT)
                .allSatisfy(message -> {
                    assertThat(message.content()).startsWith("THOUGHT: ");
                    assertThat(message.content().split("```mswea_bash_command\n", -1))
                            .hasSize(2);
                    assertThat(message.content()).endsWith("\n```");
                });
    }

    @Test
    void sameSeedSameAttemptOtherSeedOtherAttempt() {
        Set<List<String>> attempts = new HashSet<>();
        for (long seed = 0; seed < 8; seed++) {
            Played played = solvable().play(MODEL, seed, 1);
            assertThat(solvable().play(new RepairModel(20), seed, 1)).isEqualTo(played);
            attempts.add(played.trials());
        }
        assertThat(attempts).hasSize(8);
    }

    @Test
    void temperatureZeroIgnoresTheSeed() {
        assertThat(solvable().play(MODEL, 1, 0)).isEqualTo(solvable().play(MODEL, 2, 0));
    }

    @Test
    void neverTriesTheSameTwice() {
        Played played = task(files -> "0 of 1 checks passed").play(MODEL, 3, 1);
        assertThat(played.trials()).hasSize(20);
        assertThat(played.commands().stream()
                        .filter(command -> command.startsWith("sed"))
                        .distinct())
                .hasSize(21);
    }

    @Test
    void takesBackWhatDidNotHelp() {
        Played played = task(files -> "0 of 1 checks passed").play(MODEL, 3, 1);
        assertThat(played.submitted()).isTrue();
        assertThat(played.files()).isEqualTo(FILES);
    }

    @Test
    void leavesBehindWhatCameFurthest() {
        Function<Map<String, String>, String> check =
                files -> files.get("people.py").contains("<=") ? "1 of 2 checks passed" : "0 of 2 checks passed";
        List<Played> improved = LongStream.range(0, 10)
                .mapToObj(seed -> task(check).play(MODEL, seed, 1))
                .filter(played -> played.trials().stream().anyMatch(trial -> trial.contains("`<` -> `<=`")))
                .toList();
        assertThat(improved)
                .isNotEmpty()
                .allSatisfy(
                        played -> assertThat(played.files().get("people.py")).contains("<="));
    }

    @Test
    void endsWithinTheStepsThatThePromptStates() {
        Played played = task(files -> "0 of 1 checks passed").withSteps(9).play(MODEL, 1, 1);
        assertThat(played.submitted()).isTrue();
        assertThat(played.trials()).hasSize(4);
        assertThat(played.files()).isEqualTo(FILES);
    }

    @Test
    void aCheckThatPassesAnywayProvesNothing() {
        Played played = task(files -> "ok").play(MODEL, 1, 1);
        assertThat(played.trials()).hasSize(1);
        assertThat(played.thoughts()).last().asString().contains("cannot tell");
        assertThat(played.files().get("people.py")).isNotEqualTo(FAULTY);
    }

    @Test
    void confirmsAReportedSuccessByRunningIt() {
        String passing = summary("passes (1 of 1)", REPAIRED, "");
        ToyTask refined = solvable().withEarlierAttempts(passing, passing, summary("fails (1 of 1)", FAULTY, ""));
        for (long seed = 0; seed < 10; seed++) {
            Played played = refined.play(MODEL, seed, 1);
            assertThat(played.files()).containsEntry("people.py", REPAIRED);
            assertThat(played.trials()).hasSizeLessThan(6);
        }
        assertThat(refined.play(MODEL, 1, 0).trials())
                .containsExactly("Trial 1: comparison at people.py:2:18 `<` -> `>`. The change was reported by 2 of 3"
                        + " earlier attempts; see whether the check confirms it.");
    }

    @Test
    void looksForSomethingLikelierThanAnUnlikelyReport() {
        String odd = FAULTY.replace("a.age <", "a.age[::-1] <");
        Function<Map<String, String>, String> check = files ->
                files.get("people.py").equals(odd) || files.get("people.py").equals(REPAIRED)
                        ? "ok"
                        : "0 of 1 checks passed";
        List<Played> attempts = LongStream.range(0, 20)
                .mapToObj(seed -> task(check)
                        .withEarlierAttempts(summary("passes (1 of 1)", odd, ""))
                        .play(MODEL, seed, 1))
                .toList();
        assertThat(attempts).anyMatch(played -> played.files().get("people.py").equals(REPAIRED));
        assertThat(attempts)
                .anyMatch(played -> played.files().get("people.py").equals(odd)
                        && played.trials().size() > 1);
        assertThat(attempts)
                .allMatch(played ->
                        played.submitted() && !played.files().get("people.py").equals(FAULTY));
    }

    @Test
    void startsFromTrajectoriesToo() {
        Played solved = LongStream.range(0, 20)
                .mapToObj(seed -> solvable().play(MODEL, seed, 1))
                .filter(attempt -> attempt.files().get("people.py").equals(REPAIRED))
                .findFirst()
                .orElseThrow();
        String diff = summary("", REPAIRED, "");
        String trace =
                solved.trace() + "=== Ended: submitted after 9 steps\n" + diff.substring(diff.indexOf("Change:"));
        assertThat(solvable().withEarlierAttempts(trace).play(MODEL, 1, 0).trials())
                .hasSize(1)
                .allMatch(trial -> trial.contains("reported by 1 of 1"));
    }

    @Test
    void doesNotTrustAReportThatTheCheckRefutes() {
        String wrong = FAULTY.replace("<", ">=");
        Played played = task(files -> "0 of 1 checks passed")
                .withEarlierAttempts(summary("passes (1 of 1)", wrong, ""))
                .play(MODEL, 5, 1);
        assertThat(played.trials()).anyMatch(trial -> trial.contains("`<` -> `>=`. The change was reported by 1 of 1"));
        assertThat(played.trials()).hasSize(20);
        assertThat(played.files()).isEqualTo(FILES);
    }

    @Test
    void leavesOutWhatEarlierAttemptsTriedInVain() {
        List<String> failed = task(files -> "0 of 1 checks passed").play(MODEL, 3, 1).trials().stream()
                .filter(trial -> !trial.contains(RepairState.STACKED))
                .map(trial -> EditNote.firstIn(trial).orElseThrow().words())
                .toList();
        String vain = String.join(
                "\n",
                failed.stream()
                        .map(note -> "- In vain: " + note + ", fails (1 of 1)")
                        .toList());
        for (long seed = 0; seed < 5; seed++) {
            Played played = task(files -> "0 of 1 checks passed")
                    .withEarlierAttempts(summary("fails (1 of 1)", FAULTY, vain))
                    .play(MODEL, seed, 1);
            assertThat(played.trials())
                    .noneMatch(trial -> failed.stream().anyMatch(note -> trial.contains(note + ".")));
        }
    }

    @Test
    void noConversationMakesItThrow() {
        List<String> texts = List.of(
                "",
                "<task>",
                "</task><task>",
                "<visible_check></visible_check>",
                "You have 99999999999 steps",
                "<earlier_attempts fence=\"f\"><attempt number=\"1\" fence=\"f\">```diff\n@@ -1 +1 @@\n```</attempt fence=\"f\">",
                "<attempt fence=\"\">=== Step 1: observation\n=== Step 2: agent\n</attempt fence=\"\">",
                "THOUGHT: Trial 1: number at a:1:1 `1` -> `2`.\n```bash\nsed -i -f - -- 'a' <<'EDIT' || exit 97\nx\nEDIT\n```",
                "=== Step 99999999999: agent\n<returncode>99999999999</returncode>",
                "99999999999 of 99999999999 tests failed",
                Exploration.LIST);
        for (Role role : Role.values()) {
            for (String first : texts) {
                for (String second : texts) {
                    List<ChatMessage> messages =
                            List.of(ChatMessage.user(first), ChatMessage.assistant(second), ChatMessage.user(first));
                    assertThat(MODEL.reply(ToyTask.request(role, messages, 1, 1))
                                    .content())
                            .isNotBlank();
                }
            }
        }
    }

    @Test
    void tokensAreEstimatedAndCostNothing() {
        List<ChatMessage> messages = List.of(ChatMessage.system("1234"), ChatMessage.user("12345"));
        ChatReply reply = MODEL.reply(ToyTask.request(Role.AGENT, messages, 1, 1));
        assertThat(reply.usage().inputTokens()).isEqualTo(3);
        assertThat(reply.usage().outputTokens()).isEqualTo((reply.content().length() + 3) / 4);
        assertThat(reply.usage().costUsd()).isZero();
    }

    private static String summary(String result, String text, String more) {
        return "Ended: submitted after 9 steps. Outcome according to the attempt: unknown.\nEvidence:\n- "
                + AttemptReport.UNTOUCHED + "fails (1 of 1)\n- " + AttemptReport.SUBMISSION + result + "\n" + more
                + "\n"
                + "Change:\n```diff\n--- a/people.py\n+++ b/people.py\n@@ -1,2 +1,2 @@\n def older(a, b):\n-"
                + FAULTY.lines().toList().get(1) + "\n+" + text.lines().toList().get(1) + "\n```";
    }
}
