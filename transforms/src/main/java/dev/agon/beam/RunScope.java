package dev.agon.beam;

import dev.agon.journal.Journal;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatModels;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelWorker;
import java.io.Serializable;

/**
 * What every step of one run shares.
 *
 * @param seed the run's seed
 * @param journalStore where paid work is kept
 * @param progressStore where workers count
 * @param controlStore what holds the run to its budget
 * @param modelCalls most model calls in flight in one worker
 * @param shards shares that waiting work is dealt into: as many as the engine runs at once
 */
public record RunScope(
        long seed,
        JournalStore journalStore,
        ProgressStore progressStore,
        RunControlStore controlStore,
        InFlightLimit modelCalls,
        int shards)
        implements Serializable {

    public Journal journal() {
        return journalStore.open();
    }

    public Progress progress() {
        return progressStore.open();
    }

    public RunControl control() {
        return controlStore.open();
    }

    /** A model whose calls are counted and held to the run's budget. */
    public ChatModel connect(ModelConfig model) {
        Progress progress = progress();
        RunControl control = control();
        ModelWorker worker = new ModelWorker(
                System::getenv, control::stopRequested, control.spent().calls() > 0, new CountedEvents(progress));
        return new MeteredModel(
                ChatModels.connect(model, worker), callLimit(model).permits(), control, progress);
    }

    /** Endpoints limit their calls themselves, by what the server bears; a permit here is held while they wait to try again. */
    private InFlightLimit callLimit(ModelConfig model) {
        return model.endpoint() == null ? modelCalls : new InFlightLimit("calls of endpoints", Integer.MAX_VALUE);
    }

    /** Answers of a model that are kept in the journal one by one. */
    public JournaledAnswers answers(ModelConfig model) {
        return new JournaledAnswers(connect(model), journal());
    }

    private record CountedEvents(Progress progress) implements ModelWorker.Events {

        @Override
        public void retried() {
            progress.add(Counter.RETRIES, 1);
        }

        @Override
        public void inFlightLimit(int before, int now) {
            progress.add(Counter.IN_FLIGHT_LIMIT, now - before);
        }
    }

    /** Work of which so many elements may be in flight in one worker. */
    public Spread spread(String name, int inFlight) {
        return new Spread(new InFlightLimit(name, inFlight), shards);
    }
}
