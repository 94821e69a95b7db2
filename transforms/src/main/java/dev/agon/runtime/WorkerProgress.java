package dev.agon.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.journal.Blobs;
import dev.agon.journal.Progress;
import dev.agon.journal.Renewed;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one worker has done so far: its own counts, and those of each share of a step that it works on. All are one blob, which is
 * renewed when it is written and something has changed. {@link #write} is for one thread at a time.
 */
final class WorkerProgress {

    /** Under this name stand the counts of the worker itself, beside those of shares. */
    static final String OWN = "";

    static final String SUFFIX = ".json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Renewed blob;
    private final Progress own = new Progress();
    private final Map<String, Progress> shares = new ConcurrentHashMap<>(Map.of(OWN, own));
    private byte[] written = {};
    private long writes;

    /** @param folder where the blob is, for this worker alone */
    WorkerProgress(Blobs blobs, String folder) {
        this.blob = new Renewed(blobs, folder);
    }

    /** The counts of the worker itself, to be added to. */
    Progress own() {
        return own;
    }

    /** The counts of one share, from nothing: an engine that works on a share again counts it again. */
    Progress ofShard(String shard) {
        Progress counts = new Progress();
        shares.put(shard, counts);
        return counts;
    }

    /** Writes all counts, if any has changed. */
    void write() throws IOException {
        Map<String, Map<Progress.Counter, Long>> counts = new TreeMap<>();
        shares.forEach((share, progress) -> counts.put(share, progress.counts()));
        byte[] now = JSON.writeValueAsBytes(counts);
        if (!Arrays.equals(now, written)) {
            writes++;
            blob.put(writes + SUFFIX, now);
            written = now;
        }
    }
}
