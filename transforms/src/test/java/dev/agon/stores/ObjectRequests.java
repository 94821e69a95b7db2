package dev.agon.stores;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What is asked of one bucket of an {@link ObjectStore}, which refuses to write one name twice within a second, as Cloud Storage
 * does. A bucket that nobody watches takes everything.
 */
public final class ObjectRequests {

    private static final Map<String, ObjectRequests> WATCHED = new ConcurrentHashMap<>();
    private static final long BETWEEN_WRITES_NS = TimeUnit.SECONDS.toNanos(1);

    /** Kinds of requests, as stores bill them. */
    public enum Kind {
        LIST,
        READ,
        WRITE,
        DELETE
    }

    private final LongSupplier nanoTime;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<String, Long> written = new HashMap<>();
    private int refused;
    private String broken;

    private ObjectRequests(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** From now on the requests to a bucket, such as {@code s3://bucket/}, are counted and limited. */
    public static ObjectRequests to(String bucket, LongSupplier nanoTime) {
        ObjectRequests requests = new ObjectRequests(nanoTime);
        WATCHED.put(bucket, requests);
        return requests;
    }

    public synchronized long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Writes that were refused. */
    public synchronized int refused() {
        return refused;
    }

    /** Forgets the counts, not when names were written. */
    public synchronized void reset() {
        counts.clear();
    }

    /** From now on all requests to names with the given part fail; null ends that. */
    public synchronized void breakNames(String part) {
        broken = part;
    }

    static void list(String address) throws IOException {
        count(address, Kind.LIST);
    }

    static void read(String address) throws IOException {
        count(address, Kind.READ);
    }

    static void delete(String address) throws IOException {
        count(address, Kind.DELETE);
    }

    static void write(String address) throws IOException {
        ObjectRequests requests = count(address, Kind.WRITE);
        if (requests != null) {
            requests.limit(address);
        }
    }

    private static ObjectRequests count(String address, Kind kind) throws IOException {
        String bucket = address.substring(0, address.indexOf('/', address.indexOf("//") + 2) + 1);
        ObjectRequests requests = WATCHED.get(bucket);
        if (requests != null) {
            synchronized (requests) {
                requests.counts.merge(kind, 1L, Long::sum);
                if (requests.broken != null && address.contains(requests.broken)) {
                    throw new IOException("503 " + address);
                }
            }
        }
        return requests;
    }

    private synchronized void limit(String address) throws IOException {
        long now = nanoTime.getAsLong();
        Long before = written.get(address);
        if (before != null && now - before < BETWEEN_WRITES_NS) {
            refused++;
            throw new IOException("429 The object exceeded the rate limit for object mutation operations: " + address);
        }
        written.put(address, now);
    }
}
