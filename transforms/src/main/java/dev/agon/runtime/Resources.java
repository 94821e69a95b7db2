package dev.agon.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Things that the steps of one run share on one worker. Each is opened by the first who asks for it, and all are closed with
 * the run, the latest first. While one is opened, only those who ask for the same one wait.
 */
public final class Resources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    private final Map<Object, Slot> slots = new ConcurrentHashMap<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Opens a resource. */
    @FunctionalInterface
    public interface Opening<T, E extends Exception> {
        T open() throws E, InterruptedException;
    }

    /**
     * The resource of that key. One that could not be opened is tried again by the next who asks.
     *
     * @param key what tells it from the others
     */
    <T extends AutoCloseable, E extends Exception> T get(Object key, Opening<T, E> opening)
            throws E, InterruptedException {
        return slots.computeIfAbsent(key, unknown -> new Slot()).get(opening);
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception e) { // the others are closed all the same
                LOG.warn("{} could not be closed: {}", resource.getClass().getSimpleName(), e.toString());
            }
        }
        slots.clear();
    }

    private synchronized void opened(AutoCloseable resource) {
        opened.push(resource);
    }

    private final class Slot {

        private AutoCloseable resource;

        @SuppressWarnings("unchecked") // one key is always asked for with one type
        synchronized <T extends AutoCloseable, E extends Exception> T get(Opening<T, E> opening)
                throws E, InterruptedException {
            if (resource == null) {
                resource = opening.open();
                opened(resource);
            }
            return (T) resource;
        }
    }
}
