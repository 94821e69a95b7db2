package dev.agon.tables;

import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A rollout of the slot {@code t/0/0} whose trajectory is longer than {@link #BYTES}. */
public final class LongRollout {

    public static final int BYTES = 1 << 20;

    private static final int STEPS = 8;

    private LongRollout() {}

    public static Rollout of(String submission) {
        List<Step> steps = new ArrayList<>();
        for (int number = 1; number <= STEPS; number++) {
            steps.add(Step.newBuilder()
                    .setNumber(number)
                    .setMessage("step " + number)
                    .setCommands(List.of(CommandRun.newBuilder()
                            .setCommand("cat")
                            .setOutput("x".repeat(BYTES / STEPS))
                            .setReturnCode(0)
                            .setDurationMs(3)
                            .build()))
                    .setInputTokens(10)
                    .setCachedTokens(1)
                    .setOutputTokens(2)
                    .setCostUsd(0.5)
                    .setModelMs(4)
                    .build());
        }
        return Rollout.newBuilder()
                .setRolloutId("t/0/0")
                .setTaskId("t")
                .setIteration(0)
                .setIndex(0)
                .setOutcome("submitted")
                .setExitStatus("Submitted")
                .setSubmission(submission)
                .setFinalOutput("done")
                .setSystemPrompt("be brief")
                .setTaskPrompt("make it one")
                .setSteps(steps)
                .setStepCount(STEPS)
                .setModelCalls(STEPS)
                .setModelCallsPaid(STEPS)
                .setInputTokens(10 * STEPS)
                .setCachedTokens(STEPS)
                .setOutputTokens(2 * STEPS)
                .setCostUsd(0.5 * STEPS)
                .setCostUsdPaid(0.5 * STEPS)
                .setStartedAt(Instant.parse("2026-01-01T00:00:00.123Z"))
                .setDurationMs(77)
                .setModel("fake/m")
                .setSeed(5)
                .build();
    }
}
