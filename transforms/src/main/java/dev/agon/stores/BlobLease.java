package dev.agon.stores;

import dev.agon.journal.BlobKind;
import dev.agon.journal.Blobs;
import dev.agon.journal.Renewed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lease in a store without locks: a blob that is renewed, {@code leases/RUN/START/PROCESS/holds-TIME}. One listing tells who has the
 * journal and since when.
 *
 * <p>Who wants it says so first, with {@code asks-TIME}, and looks then. So of two who come at once each sees the other, and neither
 * gets it. Clocks of launchers may differ by less than {@link Lease#LAPSE}.
 */
final class BlobLease implements Lease {

    private static final String FOLDER = BlobKind.LEASES.folder() + "/";
    private static final Pattern CLAIM = Pattern.compile("^" + FOLDER + "(.+)/(asks|holds)-([0-9]{1,18})$");
    private static final String ASKS = "asks";
    private static final String HOLDS = "holds";

    private final Blobs blobs;
    private final LeaseHolder holder;
    private final InstantSource clock;
    private final Renewed own;
    private boolean closed;

    private BlobLease(Blobs blobs, LeaseHolder holder, InstantSource clock) {
        this.blobs = blobs;
        this.holder = holder;
        this.clock = clock;
        this.own = new Renewed(blobs, FOLDER + holder.path());
    }

    /** What another has written. */
    private record Claim(String blob, LeaseHolder holder, boolean holds, Instant lapses) {}

    static BlobLease take(String location, Blobs blobs, LeaseHolder holder, InstantSource clock)
            throws HeldJournalException, IOException {
        BlobLease lease = new BlobLease(blobs, holder, clock);
        lease.write(ASKS);
        List<Claim> others = lease.others();
        Instant now = clock.instant();
        for (Claim other : others) {
            if (other.lapses().isAfter(now)) {
                lease.close();
                throw new HeldJournalException(
                        location, other.holder() + "; if that is dead, its hold ends at " + other.lapses());
            }
        }
        for (Claim dead : others) {
            dead.holder().stopWorkers(blobs);
            blobs.delete(dead.blob());
        }
        lease.write(HOLDS);
        return lease;
    }

    @Override
    public synchronized Optional<LeaseHolder> renew() throws IOException {
        if (closed) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<LeaseHolder> rival = others().stream()
                .filter(other -> other.holds() && other.lapses().isAfter(now))
                .map(Claim::holder)
                .findFirst();
        if (rival.isEmpty()) {
            write(HOLDS);
        }
        return rival;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true; // a renewal that comes late, from another thread, writes nothing any more
        // From above: on HDFS a listing leaves out what is in the folder itself.
        for (String name : blobs.list(BlobKind.LEASES.folder())) {
            if (name.startsWith(FOLDER + holder.path() + "/")) {
                blobs.delete(name);
            }
        }
    }

    private void write(String what) throws IOException {
        own.put(what + "-" + clock.millis(), holder.toString().getBytes(StandardCharsets.UTF_8));
    }

    private List<Claim> others() throws IOException {
        List<Claim> others = new ArrayList<>();
        for (String name : blobs.list(BlobKind.LEASES.folder())) {
            Matcher claim = CLAIM.matcher(name);
            Optional<LeaseHolder> other = claim.matches() ? LeaseHolder.parse(claim.group(1)) : Optional.empty();
            if (other.filter(known -> !known.equals(holder)).isPresent()) {
                Instant lapses =
                        Instant.ofEpochMilli(Long.parseLong(claim.group(3))).plus(LAPSE);
                others.add(new Claim(name, other.get(), claim.group(2).equals(HOLDS), lapses));
            }
        }
        return others;
    }
}
