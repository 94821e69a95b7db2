package dev.agon.stores;

import dev.agon.journal.Blobs;
import dev.agon.journal.Stop;
import dev.agon.journal.StopFlag;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who has a journal.
 *
 * @param run id of the run
 * @param start name of this start of it: when it began, in milliseconds
 * @param host the machine of its launcher
 * @param pid process id of its launcher there
 */
public record LeaseHolder(String run, String start, String host, long pid) {

    private static final Pattern PATH = Pattern.compile("^([^/]+)/([0-9]{1,18})/([^/]+)-([0-9]{1,18})$");

    /** The same as a relative path. */
    String path() {
        return run + "/" + start + "/" + host + "-" + pid;
    }

    static Optional<LeaseHolder> parse(String path) {
        Matcher parts = PATH.matcher(path);
        return parts.matches()
                ? Optional.of(
                        new LeaseHolder(parts.group(1), parts.group(2), parts.group(3), Long.parseLong(parts.group(4))))
                : Optional.empty();
    }

    /** Tells workers that may still be at its work that their launcher is gone. */
    void stopWorkers(Blobs blobs) throws IOException {
        new StopFlag(blobs, run + "/" + start)
                .raise(new Stop(Stop.Kind.CANCELLED, "its launcher is gone, and another start has its journal now"));
    }

    @Override
    public String toString() {
        return "run " + run + ", which began at " + Instant.ofEpochMilli(Long.parseLong(start)) + " (process " + pid
                + " on " + host + ")";
    }
}
