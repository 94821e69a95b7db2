package dev.agon.agent;

import dev.agon.model.Tool;
import dev.agon.schemas.ToolCall;
import java.util.List;

/** How commands stand in a model's answers: in fences of its text, or as calls of a tool. */
public sealed interface AgentProtocol permits TextProtocol, ToolCallProtocol {

    /** Tools that the model is given. */
    List<Tool> tools();

    /**
     * The commands of one answer, in order; one or more.
     *
     * @throws FormatErrorException when the answer does not keep to the protocol; then nothing of it is run
     */
    List<String> commands(String message, List<ToolCall> calls) throws FormatErrorException;

    /** What distinguishes this protocol from others, for the agent's hash. */
    String id();
}
