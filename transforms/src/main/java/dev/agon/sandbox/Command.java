package dev.agon.sandbox;

import java.time.Duration;

/**
 * A command for a sandbox.
 *
 * @param script what {@code bash -c} gets
 * @param timeout wall time after which it is ended
 */
public record Command(String script, Duration timeout) {}
