package dev.agon.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process is called among all that work on one run, on whatever machines they are. */
public final class ProcessName {

    /** Tells apart those who load these classes anew in one process: an engine may for a job that it starts again. */
    private static final String LOADED = Long.toHexString(System.nanoTime());

    /** The machine, or the container. */
    public static final String HOST = host().replace('/', '-');

    /** Fit for the name of a file. */
    public static final String VALUE = HOST + "-" + ProcessHandle.current().pid() + "-" + LOADED;

    private ProcessName() {}

    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return System.getenv().getOrDefault("HOSTNAME", "localhost");
        }
    }
}
