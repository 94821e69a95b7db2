package dev.agon.runtime;

/** What this process is called among all that work on one run, on whatever machines they are. */
public final class ProcessName {

    /** Tells apart those who load these classes anew in one process: an engine may for a job that it starts again. */
    private static final String LOADED = Long.toHexString(System.nanoTime());

    /** Fit for the name of a file. */
    public static final String VALUE =
            System.getenv().getOrDefault("HOSTNAME", "localhost").replace('/', '-') + "-"
                    + ProcessHandle.current().pid() + "-" + LOADED;

    private ProcessName() {}
}
