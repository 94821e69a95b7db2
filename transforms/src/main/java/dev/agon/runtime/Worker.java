package dev.agon.runtime;

import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatModels;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelWorker;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one worker process holds of a run: its counts, and what holds it to the budget. Both are exchanged with the other workers
 * twice a second. Steps that need it join, and the last that leaves ends it, so that an engine's process that lives on after the
 * job keeps nothing of it.
 */
public final class Worker implements AutoCloseable {

    /** How often a worker exchanges with the others what it did and bought. */
    public static final long PERIOD_MS = 500;

    private static final Map<RunControlStore, Worker> JOINED = new HashMap<>();

    private static final AtomicLong OPENED = new AtomicLong();

    private final RunScope scope;
    private final Exchange exchange;
    private final ModelWorker.Events events = new CountedEvents();
    private final ScheduledExecutorService periods;
    private int members;

    private Worker(RunScope scope) {
        this.scope = scope;
        this.exchange = new Exchange(scope, nameOfNext());
        this.periods = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "worker-exchange");
            thread.setDaemon(true);
            return thread;
        });
        periods.scheduleWithFixedDelay(exchange::run, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
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
        exchange.lead();
    }

    /** What this worker has done so far. */
    public Progress progress() {
        return exchange.progress();
    }

    /** What holds the run to its budget and stops it. */
    public RunControl control() {
        return exchange.control();
    }

    /** A model whose calls are counted and held to the run's budget. */
    public ChatModel connect(ModelConfig model) {
        ModelWorker asking = new ModelWorker(
                System::getenv,
                control()::stopRequested,
                control()::abortRequested,
                control().spent().calls() > 0,
                events);
        return new MeteredModel(
                ChatModels.connect(model, asking), callLimit(model).permits(), control(), progress());
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
        periods.shutdown();
        try {
            periods.awaitTermination(PERIOD_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.last();
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
    }

    /** No other worker of any attempt has this name. */
    private static String nameOfNext() {
        return ProcessName.VALUE + "-" + OPENED.getAndIncrement();
    }
}
