package dev.agon.runtime;

import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatModels;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelWorker;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one worker process holds of a run: its counts, and what holds it to the budget. Both are exchanged with the other workers
 * twice a second. Steps that need it join, and the last that leaves ends it, so that an engine's process that lives on after the
 * job keeps nothing of it.
 */
public final class Worker implements AutoCloseable {

    /** How often a worker exchanges with the others what it did and bought. */
    public static final long PERIOD_MS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Map<RunControlStore, Worker> JOINED = new HashMap<>();

    private static final AtomicLong OPENED = new AtomicLong();

    private final RunScope scope;
    private final String name;
    private final RunControl control;
    private final Progress progress = new Progress();
    private final ModelWorker.Events events = new CountedEvents();
    private final ScheduledExecutorService exchange;
    private final Heartbeat heartbeat;
    private byte[] written = {};
    private volatile boolean leads;
    private int members;

    private Worker(RunScope scope) {
        this.scope = scope;
        this.name = nameOfNext();
        scope.controlStore().check(name);
        this.control = scope.controlStore().connect(name);
        this.heartbeat = new Heartbeat(scope.controlStore());
        this.exchange = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "worker-exchange");
            thread.setDaemon(true);
            return thread;
        });
        exchange.scheduleWithFixedDelay(this::exchange, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    /** The worker of this process, which lives until everyone who joined has closed it. */
    static Worker join(RunScope scope) {
        synchronized (JOINED) {
            Worker worker = JOINED.get(scope.controlStore());
            if (worker == null) {
                worker = new Worker(scope);
                JOINED.put(scope.controlStore(), worker);
            }
            worker.members++;
            return worker;
        }
    }

    /** From now on this process is the launcher: when it ends, the others stop. */
    public void lead() {
        leads = true;
    }

    /** What this worker has done so far. */
    public Progress progress() {
        return progress;
    }

    /** What holds the run to its budget and stops it. */
    public RunControl control() {
        return control;
    }

    /** A model whose calls are counted and held to the run's budget. */
    public ChatModel connect(ModelConfig model) {
        ModelWorker asking = new ModelWorker(
                System::getenv,
                control::stopRequested,
                control::abortRequested,
                control.spent().calls() > 0,
                events);
        return new MeteredModel(
                ChatModels.connect(model, asking), callLimit(model).permits(), control, progress);
    }

    /** Answers of a model that are kept in the journal one by one. */
    public JournaledAnswers answers(ModelConfig model) {
        return new JournaledAnswers(connect(model), scope.journal());
    }

    /** Endpoints limit their calls themselves, by what the server bears; a permit here is held while they wait to try again. */
    private InFlightLimit callLimit(ModelConfig model) {
        return model.endpoint() == null
                ? scope.modelCalls()
                : new InFlightLimit("calls of endpoints", Integer.MAX_VALUE);
    }

    @Override
    public void close() {
        synchronized (JOINED) {
            members--;
            if (members > 0) {
                return;
            }
            JOINED.remove(scope.controlStore());
        }
        exchange.shutdown();
        try {
            exchange.awaitTermination(PERIOD_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        progress.add(
                Counter.IN_FLIGHT_LIMIT, -progress.get(Counter.IN_FLIGHT_LIMIT)); // nothing is in flight here any more
        exchange();
    }

    private void exchange() {
        try {
            control.exchange();
            if (leads) {
                heartbeat.beat(System.nanoTime());
            } else if (!heartbeat.launcherLives(System.nanoTime())) {
                control.cancel("its launcher is gone. Run again to go on from here");
            }
        } catch (IOException | RuntimeException e) { // tried again in the next period
            LOG.warn("the ledger below {} cannot be reached: {}", location(), e.getMessage());
        }
        byte[] now = progress.toBytes();
        if (!Arrays.equals(now, written)) {
            try {
                scope.progressStore().write(name, progress);
                written = now;
            } catch (IOException e) { // progress is only watched; the run goes on without
                LOG.warn("progress cannot be written below {}: {}", location(), e.getMessage());
            }
        }
    }

    private String location() {
        return scope.controlStore().location();
    }

    private final class CountedEvents implements ModelWorker.Events {

        @Override
        public void retried() {
            progress.add(Counter.RETRIES, 1);
        }

        @Override
        public void inFlightLimit(int before, int now) {
            progress.add(Counter.IN_FLIGHT_LIMIT, now - before);
        }
    }

    /** No other worker of any attempt has this name. */
    private static String nameOfNext() {
        return ProcessName.VALUE + "-" + OPENED.getAndIncrement();
    }
}
