package dev.agon.trajectory;

import dev.agon.fields.Field;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/**
 * The parts of a mini-swe-agent trajectory that are about the whole attempt.
 *
 * @param info the document's {@code info}
 * @param opening the messages before the first answer
 * @param exit the message that no model was shown; null when there is none
 */
record MiniRollout(Field<BadTrajectoryException> info, List<MiniMessage> opening, MiniMessage exit, List<Step> steps) {

    /** The row, without its names and its times. */
    Rollout rollout() throws BadTrajectoryException {
        var stats = info.get("model_stats");
        var agent = info.get("config").get("agent");
        double stepsCost = steps.stream().mapToDouble(Step::getCostUsd).sum();
        OptionalDouble cost = stats.get("instance_cost").usd();
        OptionalDouble limit = agent.get("cost_limit").number();
        String status = exitText("exit_status");
        double total = cost.isPresent() && cost.getAsDouble() > 0 ? cost.getAsDouble() : stepsCost;
        boolean spent = limit.isPresent() && limit.getAsDouble() > 0 && total >= limit.getAsDouble();
        var calls = stats.get("api_calls");
        String submission = exitText("submission");
        return Trajectory.row(steps)
                .setOutcome(ExitStatus.outcome(status, spent))
                .setExitStatus(status)
                .setSubmission(submission)
                .setFinalOutput(status.equals("Submitted") ? exit == null ? submission : exit.text() : null)
                .setSystemPrompt(opening(MiniMessage.Kind.SYSTEM))
                .setTaskPrompt(opening(MiniMessage.Kind.USER))
                .setModelCalls(calls.isAbsent() ? steps.size() : (int) Math.min(calls.count(), Integer.MAX_VALUE))
                .setInputTokens(tokens(stats.get("tokens_sent"), Step::getInputTokens))
                .setCachedTokens(tokens(stats.get("tokens_cached"), Step::getCachedTokens))
                .setCacheWriteTokens(tokens(stats.get("tokens_cache_write"), Step::getCacheWriteTokens))
                .setOutputTokens(tokens(stats.get("tokens_received"), Step::getOutputTokens))
                .setReasoningTokens(tokens(stats.get("tokens_reasoning"), Step::getReasoningTokens))
                .setCostUsd(total)
                .setModel(model())
                .build();
    }

    /** What the steps took, or what is said of the whole attempt where that is more. */
    private long tokens(Field<BadTrajectoryException> whole, ToLongFunction<Step> ofStep)
            throws BadTrajectoryException {
        return Math.max(
                whole.isAbsent() ? 0 : whole.count(),
                steps.stream().mapToLong(ofStep).sum());
    }

    /** Columns that the kept parts of a document refer to. */
    static ColumnReferences columns(Rollout rollout) {
        return new ColumnReferences()
                .column("submission", rollout.getSubmission())
                .column("final_output", rollout.getFinalOutput())
                .column("system_prompt", rollout.getSystemPrompt())
                .column("task_prompt", rollout.getTaskPrompt());
    }

    /** The end of the attempt, from {@code info}. When {@code info} is incomplete, the end is only in the exit message. */
    private String exitText(String name) throws BadTrajectoryException {
        var stated = info.get(name);
        return stated.isAbsent() && exit != null ? exit.extra().get(name).textOr("") : stated.textOr("");
    }

    private String opening(MiniMessage.Kind kind) throws BadTrajectoryException {
        for (MiniMessage message : opening) {
            if (message.kind() == kind) {
                return message.text();
            }
        }
        return "";
    }

    private String model() throws BadTrajectoryException {
        var config = info.get("config").get("model");
        return config.get("model_name").textOr("unknown");
    }
}
