package dev.agon.model;

/**
 * One call of a tool as a model asked for it.
 *
 * @param id id that the endpoint gave the call; its result is sent back under it
 * @param name name of the tool
 * @param arguments its arguments as the model wrote them: JSON, if the model kept to it
 */
public record ToolCall(String id, String name, String arguments) {}
