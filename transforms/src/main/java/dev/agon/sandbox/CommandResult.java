package dev.agon.sandbox;

import java.util.OptionalInt;

/**
 * What came of a command.
 *
 * @param output standard output and standard error, interleaved, decoded as UTF-8 with replacement, at most the capture limit
 * @param returnCode the code it returned; empty when it was ended before it returned one
 * @param ended how it ended
 * @param durationMs wall time in milliseconds
 */
public record CommandResult(String output, OptionalInt returnCode, End ended, long durationMs) {

    /** How a command ends. The id stands in the tables. */
    public enum End {
        /** By itself; a death by signal counts, as 128 + signal, as bash has it. */
        EXITED("exited"),
        /** At its wall-time limit. */
        TIMED_OUT("timed_out"),
        /** At the capture limit: it was ended because it printed more. */
        OUTPUT_LIMIT("output_limit"),
        /** By the sandbox's memory limit. There is a return code when it outlived the process that the limit struck. */
        KILLED("killed"),
        /** By the limit of processor time of one process. */
        CPU_LIMIT("cpu_limit");

        private final String id;

        End(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }
}
