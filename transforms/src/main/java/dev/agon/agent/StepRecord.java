package dev.agon.agent;

import dev.agon.model.ChatReply;
import dev.agon.sandbox.CommandResult;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Step;
import dev.agon.schemas.ToolCall;
import java.util.List;
import java.util.stream.Collectors;

/** Steps as they are recorded, made of what models and sandboxes return, and read back. */
final class StepRecord {

    private StepRecord() {}

    /**
     * A step whose commands have not run.
     *
     * @param calls whether the answer's calls of tools are meant; without tools they are noise
     */
    static Step answered(int number, ChatReply reply, boolean calls, long modelMs) {
        Step step = Step.newBuilder()
                .setNumber(number)
                .setMessage(reply.content())
                .setReasoning(reply.reasoning().orElse(null))
                .setToolCalls(
                        calls
                                ? reply.toolCalls().stream()
                                        .map(call -> new ToolCall(call.id(), call.name(), call.arguments()))
                                        .collect(Collectors.toList())
                                : List.of())
                .setProviderState(reply.providerState().orElse(null))
                .setModelMs(modelMs)
                .setFinishReason(reply.finishReason().orElse(null))
                .build();
        return reply.usage().into(step);
    }

    /** One command of an answer, and what came of it. */
    static CommandRun run(String command, int position, Step answer, CommandResult result) {
        return CommandRun.newBuilder()
                .setCommand(command)
                .setToolCallId(
                        answer.getToolCalls().isEmpty()
                                ? null
                                : answer.getToolCalls().get(position).getId())
                .setOutput(result.output())
                .setReturnCode(returnCode(result))
                .setEnded(result.ended().id())
                .setDurationMs(result.durationMs())
                .build();
    }

    static Integer returnCode(CommandResult result) {
        return result.returnCode().isPresent() ? result.returnCode().getAsInt() : null;
    }
}
