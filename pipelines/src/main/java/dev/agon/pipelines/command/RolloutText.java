package dev.agon.pipelines.command;

import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import dev.agon.schemas.ToolCall;
import java.io.PrintStream;

/** One rollout as text for a terminal. Control characters in it are printed as visible escapes. */
final class RolloutText {

    private RolloutText() {}

    /** All of a finished rollout. */
    static void print(Rollout rollout, PrintStream out) {
        title(out, "Rollout " + rollout.getRolloutId());
        figures(rollout, out);
        title(out, "System prompt");
        out.println(visible(rollout.getSystemPrompt()));
        title(out, "Task prompt");
        out.println(visible(rollout.getTaskPrompt()));
        for (Step step : rollout.getSteps()) {
            step(step, out);
        }
        submission(rollout, out);
    }

    /** One step, whole. */
    static void step(Step step, PrintStream out) {
        answer(step, out);
        observation(step, out);
    }

    /** What the model said in a step. */
    static void answer(Step step, PrintStream out) {
        title(out, "Step " + step.getNumber());
        if (step.getReasoning() != null) {
            out.println("(reasoning) " + visible(step.getReasoning()));
        }
        out.println(visible(step.getMessage()));
        for (ToolCall call : step.getToolCalls()) {
            out.println("(" + visible(call.getName()) + ") " + visible(call.getArguments()));
        }
    }

    /** What the model was shown after the step. */
    static void observation(Step step, PrintStream out) {
        if (step.getObservation() != null) {
            out.println();
            out.println(visible(step.getObservation()));
        }
    }

    /** The end of a rollout whose steps were printed one by one. */
    static void end(Rollout rollout, PrintStream out) {
        submission(rollout, out);
        title(out, "Ended");
        figures(rollout, out);
    }

    private static void figures(Rollout rollout, PrintStream out) {
        out.printf(
                "%s, %d steps, %d input tokens (%d cached), %d output tokens, $%.4f, %.1f s, model %s%n",
                rollout.getOutcome(),
                rollout.getStepCount(),
                rollout.getInputTokens(),
                rollout.getCachedTokens(),
                rollout.getOutputTokens(),
                rollout.getCostUsd(),
                rollout.getDurationMs() / 1e3,
                rollout.getModel());
        if (rollout.getContextId() != null) {
            out.println("refined with context " + rollout.getContextId());
        }
    }

    private static void submission(Rollout rollout, PrintStream out) {
        title(out, "Submission");
        out.println(rollout.getSubmission().isEmpty() ? "(nothing changed)" : visible(rollout.getSubmission()));
    }

    static void title(PrintStream out, String title) {
        out.println();
        out.println("── " + title + " " + "─".repeat(Math.max(4, 76 - title.length())));
    }

    /** An agent's output may hold escape sequences that would reprogram the terminal. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\x%02x", c));
            }
        });
        return shown.toString();
    }
}
