package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import dev.agon.schemas.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One attempt of SWE-agent.
 *
 * @param document the file's, or one of its {@code attempts}
 * @param chosen whether an agent that retries submitted this one
 */
record SweAgentAttempt(Field<BadTrajectoryException> document, boolean chosen) {

    private static final List<String> IN_COLUMNS =
            List.of("action", "observation", "response", "execution_time", "query", "messages");

    Rollout rollout() throws BadTrajectoryException {
        var info = document.get("info");
        var stats = info.get("model_stats");
        List<Step> steps = steps();
        String status = info.get("exit_status").textOr("");
        String submission = info.get("submission").textOr("");
        OptionalDouble cost = stats.get("instance_cost").usd();
        var calls = stats.get("api_calls");
        return Trajectory.row(steps)
                .setOutcome(ExitStatus.outcome(status, false))
                .setExitStatus(status)
                .setSubmission(submission)
                .setFinalOutput(status.equals("submitted") ? submission : null)
                .setSystemPrompt(prompt("system"))
                .setTaskPrompt(prompt("user"))
                .setModelCalls(calls.isAbsent() ? steps.size() : (int) Math.min(calls.count(), Integer.MAX_VALUE))
                .setInputTokens(stats.get("tokens_sent").count())
                .setOutputTokens(stats.get("tokens_received").count())
                .setCostUsd(cost.orElse(0))
                .setDurationMs(steps.stream()
                        .flatMap(step -> step.getCommands().stream())
                        .mapToLong(CommandRun::getDurationMs)
                        .sum())
                .setModel(configured("agent.model.name").orElse("unknown"))
                .setExtra(extra())
                .build();
    }

    /** The statement of the configuration that the agent was started with, else what the prompt marks as such. */
    String statement(String taskPrompt) throws BadTrajectoryException {
        return configured("problem_statement.text").orElseGet(() -> TaskStatement.in(taskPrompt));
    }

    private List<Step> steps() throws BadTrajectoryException {
        var turns = document.get("trajectory").presentElements();
        var answers = answers();
        List<Step> steps = new ArrayList<>();
        for (var turn : turns) {
            boolean paired = answers.size() == turns.size();
            steps.add(step(steps.size() + 1, turn.presentObject(), paired ? answers.get(steps.size()) : null));
        }
        return steps;
    }

    private static Step step(int number, Field<BadTrajectoryException> turn, Field<BadTrajectoryException> answer)
            throws BadTrajectoryException {
        String action = turn.get("action").textOr("");
        String observation = MessageText.of(turn.get("observation"));
        String response = MessageText.of(turn.get("response"));
        List<CommandRun> commands = new ArrayList<>();
        if (!action.isBlank()) {
            commands.add(CommandRun.newBuilder()
                    .setCommand(action)
                    .setOutput(observation)
                    .setDurationMs(
                            Math.round(turn.get("execution_time").number().orElse(0) * 1000))
                    .build());
        }
        ObjectNode rest = ((ObjectNode) turn.node()).deepCopy();
        rest.remove(IN_COLUMNS);
        if (turn.get("thought").node().asText("").equals(response)) {
            rest.remove("thought");
        }
        return Step.newBuilder()
                .setNumber(number)
                .setMessage(response.isEmpty() ? turn.get("thought").textOr("") : response)
                .setToolCalls(calls(answer))
                .setCommands(commands)
                .setObservation(observation.isEmpty() ? null : observation)
                .setModelMs(0)
                .setExtra(rest.isEmpty() ? null : ExtraJson.text(rest))
                .build();
    }

    private static List<ToolCall> calls(Field<BadTrajectoryException> answer) throws BadTrajectoryException {
        return answer == null ? List.of() : MiniAnswer.calls(answer);
    }

    /** The model's answers in the history; demonstrations are in it too. */
    private List<Field<BadTrajectoryException>> answers() throws BadTrajectoryException {
        List<Field<BadTrajectoryException>> answers = new ArrayList<>();
        for (var message : document.get("history").elements()) {
            if (is(message, "assistant")) {
                answers.add(message);
            }
        }
        return answers;
    }

    /** The first message of a role; older files have none in their history, but in what the first step was sent. */
    private String prompt(String role) throws BadTrajectoryException {
        List<Field<BadTrajectoryException>> places =
                new ArrayList<>(document.get("history").elements());
        var turns = document.get("trajectory").presentElements();
        if (!turns.isEmpty()) {
            places.addAll(turns.get(0).get("query").elements());
            places.addAll(turns.get(0).get("messages").elements());
        }
        for (var message : places) {
            if (is(message, role)) {
                return MessageText.of(message.get("content"));
            }
        }
        return "";
    }

    private static boolean is(Field<BadTrajectoryException> message, String role) throws BadTrajectoryException {
        return message.get("role").textOr("").equals(role)
                && !message.get("is_demo").node().asBoolean(false);
    }

    /** A text of the configuration, which is JSON in a text; empty where there is none. */
    private Optional<String> configured(String path) throws BadTrajectoryException {
        return document.get("replay_config")
                .unpacked("the agent's configuration as JSON")
                .at(path)
                .text();
    }

    private String extra() throws BadTrajectoryException {
        ObjectNode extra = JsonNodeFactory.instance.objectNode().put("format", SweAgentFormat.NAME);
        if (chosen) {
            extra.put("chosen", true);
        }
        ObjectNode rest = ((ObjectNode) document.node()).deepCopy();
        rest.remove(List.of("trajectory", "attempts"));
        JsonNode info = rest.path("info");
        if (info.isObject()) {
            ((ObjectNode) info).remove("submission");
        }
        OutcomeFields.remove(rest);
        extra.set("document", rest);
        return ExtraJson.text(extra);
    }
}
