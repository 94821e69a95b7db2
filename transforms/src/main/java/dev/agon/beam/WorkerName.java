package dev.agon.beam;

/** Names of worker processes, for blobs that each keeps for itself. */
final class WorkerName {

    private WorkerName() {}

    /** The name of this process in one attempt at a run. */
    static String of(String attempt) {
        String host = System.getenv().getOrDefault("HOSTNAME", "localhost");
        return attempt.replace('/', '-') + "-" + host + "-"
                + ProcessHandle.current().pid();
    }
}
