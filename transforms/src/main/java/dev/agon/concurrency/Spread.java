package dev.agon.concurrency;

import dev.agon.runtime.InFlightLimit;
import dev.agon.runtime.ProgressStore;
import java.io.Serializable;

/**
 * How work that waits is spread.
 *
 * @param limit most elements in flight in one worker
 * @param shards shares that the elements are dealt into
 * @param progress where each share's count of what is done is kept
 */
public record Spread(InFlightLimit limit, Shards shards, ProgressStore progress) implements Serializable {}
