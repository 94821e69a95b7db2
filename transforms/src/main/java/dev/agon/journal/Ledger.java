package dev.agon.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run has bought so far, over all its workers and all its starts. Each worker keeps its own sum and reads those of the
 * others. Sums only ever grow, and nothing is shared but the folder, so that no lock is needed.
 *
 * <p>The sum stands in the blob's name, {@code ledger/RUN/START/WORKER/CALLS-TOKENS-USD}: one listing tells the sums of all workers,
 * however many there are, and no blob is opened. The blob holds the same as JSON, for people. Earlier versions kept it only there,
 * in {@code ledger/RUN/START/WORKER.json}; such a blob is opened once.
 *
 * <p>What a worker has bought counts for itself at once, and for the others once it was written and read: the caller decides how
 * often. A worker that is killed loses what it had not yet written. {@link #add} and {@link #total} are safe for use by many
 * threads; {@link #write} and {@link #read} are for one thread at a time.
 */
public final class Ledger {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SUM = Pattern.compile("(.+)/([0-9]+)-([0-9]+)-([0-9.]+)");
    private static final String EARLIER_VERSION = ".json";

    private final Blobs blobs;
    private final String folder;
    private final String own;
    private final Renewed ownSum;
    private final Map<String, Spent> sums = new HashMap<>();
    private Spent bought = Spent.NOTHING;
    private Spent written = Spent.NOTHING;
    private volatile Spent others = Spent.NOTHING;

    /**
     * @param blobs where the ledger is
     * @param run id of the run
     * @param start name of this start of it
     * @param worker name of this worker, which no other of the run has
     */
    public Ledger(Blobs blobs, String run, String start, String worker) {
        this.blobs = blobs;
        this.folder = BlobKind.LEDGER.folder() + "/" + run;
        this.own = folder + "/" + start + "/" + worker;
        this.ownSum = new Renewed(blobs, own);
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

    private synchronized Spent bought() {
        return bought;
    }

    /** Mends the ledger of a run, and says which parts were damaged. For who alone may write to the journal. */
    public static List<JournalCheck.Damage> mend(Blobs blobs, String run) throws IOException {
        return new DamagedLedger(blobs, BlobKind.LEDGER.folder() + "/" + run).mend();
    }

    /** Writes this worker's sum, if it has grown. */
    public void write() throws IOException {
        Spent now = bought();
        if (!now.equals(written)) {
            ownSum.put(nameOf(now), content(now));
            written = now;
        }
    }

    static String nameOf(Spent sum) {
        return sum.calls() + "-" + sum.tokens() + "-"
                + BigDecimal.valueOf(sum.usd()).toPlainString();
    }

    static byte[] content(Spent sum) throws IOException {
        return JSON.writeValueAsBytes(sum);
    }

    /** Reads the sums of the others, in one listing. */
    public void read() throws IOException {
        for (String name : blobs.list(folder)) {
            if (sumIn(name).isPresent()) {
                sums.merge(writerOf(name), sumIn(name).get(), Spent::later);
            } else if (name.endsWith(EARLIER_VERSION) && !sums.containsKey(name)) {
                Optional<byte[]> bytes = blobs.get(name);
                if (bytes.isPresent()) {
                    sums.put(
                            name,
                            parse(bytes.get()).orElseThrow(() -> new IOException("the part " + name + " is damaged")));
                }
            }
        }
        sums.remove(own);
        others = sums.values().stream().reduce(Spent.NOTHING, Spent::plus);
    }

    /** The sum that the name of a part tells; empty for parts of an earlier version, and for what is no part. */
    static Optional<Spent> sumIn(String name) {
        Matcher sum = SUM.matcher(name);
        return sum.matches()
                ? Optional.of(new Spent(
                        Long.parseLong(sum.group(2)), Long.parseLong(sum.group(3)), Double.parseDouble(sum.group(4))))
                : Optional.empty();
    }

    static String writerOf(String name) {
        return name.substring(0, name.lastIndexOf('/'));
    }

    /** What is wrong with a part of a ledger; empty when nothing is, or when it is none. */
    static Optional<String> problem(String name, byte[] bytes) {
        boolean named = sumIn(name).isPresent();
        if (!named && !name.endsWith(EARLIER_VERSION) || parse(bytes).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                named
                        ? "is empty or cut off; its sum stands in its name, and counts"
                        : "is empty or cut off; a start of its run counts it from the entries");
    }

    /** The sum in a part; empty when it is damaged. */
    static Optional<Spent> parse(byte[] bytes) {
        try {
            return Optional.of(JSON.readValue(bytes, Spent.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
