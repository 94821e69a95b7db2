package dev.agon.runtime;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.journal.Blobs;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all workers of one start have done so far, for whoever watches it. Each look lists the blobs once, and opens only those that
 * were written since the look before. For one thread.
 */
public final class ProgressTotal {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressTotal.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BLOB = Pattern.compile("(.+)/([0-9]+)" + Pattern.quote(WorkerProgress.SUFFIX));

    private final Blobs blobs;
    private final String folder;
    private final Map<String, Seen> workers = new HashMap<>();

    /** What a worker last wrote, by share, and the how manieth time it was. */
    private record Seen(long write, Map<String, Map<Counter, Long>> shares) {}

    ProgressTotal(Blobs blobs, String folder) {
        this.blobs = blobs;
        this.folder = folder;
    }

    /** The counts of now. A share that two workers count, since one of them died at it, counts once. */
    public Progress look() throws IOException {
        for (String name : blobs.list(folder)) {
            Matcher blob = BLOB.matcher(name);
            if (blob.matches()) {
                see(name, blob.group(1), Long.parseLong(blob.group(2)));
            }
        }
        Progress total = new Progress();
        Map<String, Map<Counter, Long>> shares = new HashMap<>();
        for (Seen worker : workers.values()) {
            worker.shares().forEach((share, counts) -> {
                if (share.equals(WorkerProgress.OWN)) {
                    counts.forEach(total::add);
                } else {
                    Map<Counter, Long> most = shares.computeIfAbsent(share, unseen -> new HashMap<>());
                    counts.forEach((counter, count) -> most.merge(counter, count, Math::max));
                }
            });
        }
        shares.values().forEach(counts -> counts.forEach(total::add));
        return total;
    }

    private void see(String name, String worker, long write) throws IOException {
        Seen before = workers.get(worker);
        if (before == null || before.write() < write) {
            Optional<byte[]> bytes = blobs.get(name); // the worker may have written a later one by now
            if (bytes.isPresent()) {
                see(worker, write, bytes.get());
            }
        }
    }

    /** Counts that are damaged are as those not written yet: people watch them, and nothing else depends on them. */
    private void see(String worker, long write, byte[] counts) {
        try {
            workers.put(worker, new Seen(write, JSON.readValue(counts, new TypeReference<>() {})));
        } catch (IOException e) {
            LOG.warn("the counts of {} cannot be read: {}", worker, e.toString());
        }
    }
}
