package dev.agon.model.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;

/**
 * Memory for the answers in flight on one worker, all together: each takes its bytes as they come and holds them until it is parsed.
 * Calls wait while there is none left. One of them at a time may go on beyond it, so that calls which each hold a part do not wait
 * for one another.
 */
final class AnswerMemory {

    private static final long LOOK_EVERY_MS = 50;

    private long free;
    private Share beyond;

    /** @param bytes how many all calls hold, but for the one that goes on beyond it */
    AnswerMemory(long bytes) {
        this.free = bytes;
    }

    Share share() {
        return new Share();
    }

    /** What one call holds, until it is closed. */
    final class Share implements AutoCloseable {

        private long held;

        /** Takes some more. Fails when the call is over before there is any. */
        void take(int bytes, BooleanSupplier isOver) throws IOException, InterruptedException {
            synchronized (AnswerMemory.this) {
                while (free < bytes && beyond != null && beyond != this) {
                    if (isOver.getAsBoolean()) {
                        throw new InterruptedIOException("no memory for the answer was free in time");
                    }
                    AnswerMemory.this.wait(LOOK_EVERY_MS);
                }
                beyond = free < bytes ? this : beyond;
                free -= bytes;
                held += bytes;
            }
        }

        @Override
        public void close() {
            synchronized (AnswerMemory.this) {
                free += held;
                held = 0;
                beyond = beyond == this ? null : beyond;
                AnswerMemory.this.notifyAll();
            }
        }
    }
}
