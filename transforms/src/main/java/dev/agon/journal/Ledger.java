package dev.agon.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has bought so far, over all its workers and all attempts at it: each worker of each attempt keeps one blob with its
 * own sum and reads those of the others. Sums only ever grow, and nothing is shared but the folder, so that no lock is needed.
 *
 * <p>What a worker has bought counts for itself at once, and for the others once it was written and read: the caller decides how
 * often. A worker that is killed loses what it had not yet written. Safe for use by many threads at once.
 */
public final class Ledger {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Blobs blobs;
    private final String folder;
    private final String attempt;
    private final String own;
    private final Map<String, Spent> ofEarlierAttempts = new HashMap<>();
    private Spent bought = Spent.NOTHING;
    private Spent written = Spent.NOTHING;
    private volatile Spent others = Spent.NOTHING;

    /**
     * @param blobs where the ledger is
     * @param run id of the run
     * @param attempt name of this attempt at it; earlier ones have ended
     * @param worker name of this worker, which no other of the attempt has
     */
    public Ledger(Blobs blobs, String run, String attempt, String worker) {
        this.blobs = blobs;
        this.folder = "ledger/" + run;
        this.attempt = folder + "/" + attempt + "/";
        this.own = this.attempt + worker + ".json";
    }

    /** Adds what this worker bought, and returns what is known to be bought in all. */
    public synchronized Spent add(Spent more) {
        bought = bought.plus(more);
        return bought.plus(others);
    }

    /** What is known to be bought in all. */
    public synchronized Spent total() {
        return bought.plus(others);
    }

    /** Writes this worker's sum, if it has grown. */
    public void write() throws IOException {
        Spent now;
        synchronized (this) {
            now = bought;
            if (now.equals(written)) {
                return;
            }
        }
        blobs.put(own, JSON.writeValueAsBytes(now));
        synchronized (this) {
            written = now;
        }
    }

    /** Reads the sums of the others; those of earlier attempts once. Not for two threads at once. */
    public void read() throws IOException {
        Spent sum = Spent.NOTHING;
        for (String name : blobs.list(folder)) {
            if (name.equals(own)) {
                continue;
            }
            Spent known = ofEarlierAttempts.get(name);
            if (known == null) {
                Optional<byte[]> bytes = blobs.get(name);
                known = bytes.isPresent() ? JSON.readValue(bytes.get(), Spent.class) : Spent.NOTHING;
                if (!name.startsWith(attempt)) {
                    ofEarlierAttempts.put(name, known);
                }
            }
            sum = sum.plus(known);
        }
        others = sum;
    }
}
