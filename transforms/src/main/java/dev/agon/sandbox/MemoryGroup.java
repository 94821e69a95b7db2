package dev.agon.sandbox;

import java.io.IOException;

/** What bounds the memory of all processes of one sandbox together. */
interface MemoryGroup {

    /** How many processes the limit has ended so far. */
    long kills();

    /** Raises the limit. */
    void raise(SandboxLimits limits) throws IOException;
}
