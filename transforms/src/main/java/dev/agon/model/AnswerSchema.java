package dev.agon.model;

/**
 * The form that an answer must have. Endpoints that know schemas hold the model to it; others are asked without it.
 *
 * @param name what the form is called, in letters and underscores
 * @param description what it is for, for the model
 * @param json JSON schema of an object; its properties are written in this order
 */
public record AnswerSchema(String name, String description, String json) {}
