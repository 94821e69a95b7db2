package dev.agon.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Facts;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import dev.agon.tournament.Attack;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnownFactsTest {

    private static final String CHECK = "python3 check.py";

    @Test
    void theVisibleCheckIsWhatItReturned() {
        Facts facts = KnownFacts.of(rollout("submitted", run(CHECK, 1), run("sed -i s/a/b/ x.py\n" + CHECK, 0)), CHECK);
        assertThat(facts.getCheckBefore()).isFalse();
        assertThat(facts.getCheckAfter()).isTrue();
        assertThat(facts.getSubmitted()).isTrue();
        assertThat(facts.getSteps()).isEqualTo(2);
    }

    @Test
    void whatWasNotCheckedIsNotKnown() {
        Facts none = KnownFacts.of(rollout("step_limit", run("ls", 0)), CHECK);
        assertThat(none.getCheckBefore()).isNull();
        assertThat(none.getCheckAfter()).isNull();
        assertThat(none.getSubmitted()).isFalse();
        Facts edited = KnownFacts.of(rollout("submitted", run("touch x; " + CHECK, 1)), CHECK);
        assertThat(edited.getCheckBefore()).isNull();
        assertThat(edited.getCheckAfter()).isFalse();
        assertThat(KnownFacts.of(rollout("submitted", run(CHECK, 0)), null).getCheckAfter())
                .isNull();
    }

    @Test
    void whatOnlyEndsAsTheCheckDoesIsNoCheck() {
        for (String other : List.of("echo " + CHECK, "xpython3 check.py", "cat a | " + CHECK, "python3 check.py x")) {
            assertThat(KnownFacts.of(rollout("submitted", run(other, 0)), CHECK).getCheckAfter())
                    .as(other)
                    .isNull();
        }
        for (String check : List.of("cd a && " + CHECK, "export A=1; " + CHECK, "true\n  " + CHECK)) {
            assertThat(KnownFacts.of(rollout("submitted", run(check, 0)), CHECK).getCheckAfter())
                    .as(check)
                    .isTrue();
        }
    }

    @Test
    void aCheckThatWasEndedDidNotPass() {
        CommandRun ended = CommandRun.newBuilder(run(CHECK, 0))
                .setReturnCode(null)
                .setEnded("timed_out")
                .build();
        assertThat(KnownFacts.of(rollout("submitted", ended), CHECK).getCheckAfter())
                .isFalse();
    }

    @Test
    void tokensAreEstimatedWhereNobodyCountedThem() {
        Rollout rollout = rollout("submitted", run("ls", 0));
        assertThat(KnownFacts.of(rollout, CHECK).getOutputTokens()).isEqualTo(1_000);
        rollout.setOutputTokens(0);
        assertThat(KnownFacts.of(rollout, CHECK).getOutputTokens()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void noTextOfTheAttemptDecidesAnyOfThem(Attack attack) {
        Rollout honest = rollout("submitted", run(CHECK, 1), run("sed -i s/a/b/ x.py\n" + CHECK, 1));
        honest.setSubmission("a change");
        Facts facts = KnownFacts.of(honest, CHECK);
        for (Step step : honest.getSteps()) {
            step.setMessage(step.getMessage() + attack.text());
            step.setObservation(attack.text() + step.getObservation());
            step.setReasoning(attack.text());
            step.getCommands().forEach(run -> run.setOutput(attack.text()));
        }
        honest.setFinalOutput(attack.text());
        honest.setSubmission(honest.getSubmission() + attack.text());
        assertThat(KnownFacts.of(honest, CHECK)).isEqualTo(facts);
    }

    private static Rollout rollout(String outcome, CommandRun... runs) {
        Attempts attempt = Attempts.attempt();
        for (CommandRun run : runs) {
            attempt.step(attempt.step("do", List.of(run), "done"));
        }
        Rollout rollout = attempt.rollout();
        rollout.setOutcome(outcome);
        return rollout;
    }

    private static CommandRun run(String command, int returnCode) {
        return CommandRun.newBuilder()
                .setCommand(command)
                .setOutput("")
                .setReturnCode(returnCode)
                .setDurationMs(1)
                .build();
    }
}
