package dev.agon.model;

/**
 * A tool that a model may call.
 *
 * @param name its name
 * @param description what it does, for the model
 * @param parameters JSON schema of its arguments
 */
public record Tool(String name, String description, String parameters) {}
