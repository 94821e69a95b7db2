package dev.agon.runtime;

import dev.agon.journal.Journal;
import dev.agon.journal.JournalException;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatModels;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelWorker;
import dev.agon.model.http.Endpoints;
import dev.agon.stores.Lease;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that one worker process holds of one run: permits, threads, endpoints, sandboxes, counts, and what holds the run to
 * its budget.
 *
 * <p>It is opened by the first step that joins, and shared by all steps of the run in this process. It ends when the last of them
 * leaves, or when the launcher does. Then it first waits for the work that is still going on, so that an answer that arrives
 * late is booked all the same. Nothing of it is left after that. Another run, or another start of the same run, has its own.
 * Safe for use by many threads at once.
 */
public final class Worker implements AutoCloseable {

    /** How long work may still go on when the run ends here, before it is aborted, and how long it is waited for after that. */
    private static final long PATIENCE_MS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** The runs that this process works on now; each is removed when it ends here. */
    private static final Map<RunControlStore, Worker> OPEN = new ConcurrentHashMap<>();

    private static final AtomicLong OPENED = new AtomicLong();

    private final RunScope scope;
    private final Map<InFlightLimit, Permits> permits = new ConcurrentHashMap<>();
    private final Permits unlimited = new Permits(Integer.MAX_VALUE);
    private final ExecutorService threads = Executors.newCachedThreadPool(named("work"));
    private final Resources resources = new Resources();
    private final Journal journal;
    private final Endpoints endpoints = new Endpoints(new CountedEvents());
    private ScheduledExecutorService periods;
    private volatile Exchange exchange;
    private volatile boolean leads;
    private int members;

    private Worker(RunScope scope) {
        this.scope = scope;
        this.journal = scope.journalStore().open();
    }

    /**
     * The worker of this process.
     *
     * @throws JournalException when this process does not see what the launcher wrote
     */
    static Worker join(RunScope scope) {
        Worker worker = OPEN.compute(scope.controlStore(), (run, open) -> {
            Worker joined = open == null ? new Worker(scope) : open;
            joined.members++;
            return joined;
        });
        try {
            worker.open();
            return worker;
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    /** Connects to the run's store. Only those who join this run wait for that. */
    private synchronized void open() {
        if (exchange == null) {
            exchange = new Exchange(scope, nameOfNext());
            periods = Executors.newSingleThreadScheduledExecutor(named("worker-exchange"));
            long tick = Exchange.TICK.toMillis();
            periods.scheduleWithFixedDelay(exchange::run, tick, tick, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * From now on this process is the launcher: when it leaves, the run ends here, and the other workers stop.
     *
     * @param lease its right to the journal, which is renewed from now on
     */
    public void lead(Lease lease) {
        leads = true;
        exchange.lead(lease);
    }

    /** What this worker has done so far. */
    public Progress progress() {
        return exchange.progress();
    }

    /** What was done here of one share of a step. It counts from nothing, as when an engine works on a share again. */
    public Progress progress(String shard) {
        return exchange.progress(shard);
    }

    /** What holds the run to its budget and stops it. */
    public RunControl control() {
        return exchange.control();
    }

    /** Where paid work is kept. */
    public Journal journal() {
        return journal;
    }

    /** The permits of a limit, which all steps of the run share that name it. */
    public Permits permits(InFlightLimit limit) {
        return permits.computeIfAbsent(limit, unknown -> new Permits(limit.inFlight()));
    }

    /** As many threads as there is work; each ends when it has had none for a while. */
    public ExecutorService threads() {
        return threads;
    }

    /**
     * Something that the steps of this run share here, such as the sandboxes of one configuration. The first who asks opens it; it
     * is closed when the run ends here.
     *
     * @param key what tells it from the others, and always goes with the same type
     */
    public <T extends AutoCloseable, E extends Exception> T resource(Object key, Resources.Opening<T, E> opening)
            throws E, InterruptedException {
        return resources.get(key, opening);
    }

    /** A model whose calls are counted and held to the run's budget. */
    public ChatModel connect(ModelConfig model) {
        ModelWorker asking = new ModelWorker(
                System::getenv,
                control()::stopRequested,
                control()::abortRequested,
                control().spent().calls() > 0,
                endpoints);
        // Endpoints limit their calls themselves, by what the server bears: a permit here is held while they wait to
        // try again.
        Permits calls = model.endpoint() == null ? permits(scope.modelCalls()) : unlimited;
        return new MeteredModel(ChatModels.connect(model, asking), calls, control(), progress());
    }

    /** Answers of a model that are kept in the journal one by one. */
    public JournaledAnswers answers(ModelConfig model) {
        return new JournaledAnswers(connect(model), journal);
    }

    @Override
    public void close() {
        Worker rest = OPEN.computeIfPresent(scope.controlStore(), (run, open) -> {
            if (open != this) {
                return open; // this one has ended already
            }
            members = leads ? 0 : members - 1;
            return members == 0 ? null : open;
        });
        if (rest == null) {
            end();
        }
    }

    /** Waits for the work that goes on, then closes all that was opened, then writes what is left to write. */
    private synchronized void end() {
        if (threads.isShutdown()) {
            return;
        }
        threads.shutdown();
        if (exchange != null && !ends(threads)) {
            LOG.warn("work of the run is still going on at its end, and is aborted");
            control().abort();
            threads.shutdownNow();
            ends(threads);
        }
        resources.close();
        endpoints.close();
        if (exchange != null) {
            periods.execute(exchange::last); // on the one thread that exchanges, so never beside another exchange
            periods.shutdown();
            ends(periods);
        }
    }

    private static boolean ends(ExecutorService executor) {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        try {
            while (true) {
                try {
                    return executor.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) { // what was bought is booked before the interrupt is heeded
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private final class CountedEvents implements ModelWorker.Events {

        @Override
        public void retried() {
            progress().add(Counter.RETRIES, 1);
        }

        @Override
        public void inFlightLimit(int before, int now) {
            progress().add(Counter.IN_FLIGHT_LIMIT, now - before);
        }

        @Override
        public void inFlight(int change) {
            progress().add(Counter.IN_FLIGHT, change);
        }
    }

    /** No other worker of any start of the run has this name. */
    private static String nameOfNext() {
        return ProcessName.VALUE + "-" + OPENED.getAndIncrement();
    }
}
