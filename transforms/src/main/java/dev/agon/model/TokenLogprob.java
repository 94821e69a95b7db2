package dev.agon.model;

/**
 * One token of an answer.
 *
 * @param token its text
 * @param logprob natural logarithm of the probability that the model gave it
 */
public record TokenLogprob(String token, double logprob) {}
