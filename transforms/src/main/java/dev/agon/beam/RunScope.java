package dev.agon.beam;

import dev.agon.journal.Journal;
import dev.agon.journal.Progress;
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
 * @param modelCalls most model calls in flight in one worker
 * @param shards shares that waiting work is dealt into: as many as the engine runs at once
 */
public record RunScope(
        long seed, JournalStore journalStore, ProgressStore progressStore, InFlightLimit modelCalls, int shards)
        implements Serializable {

    public Journal journal() {
        return journalStore.open();
    }

    public Progress progress() {
        return progressStore.open();
    }

    /** A model whose calls are counted and held to the limit that all models of this worker share. */
    public ChatModel connect(ModelConfig model) {
        return new CountedModel(
                ChatModels.connect(model, new ModelWorker(System::getenv, () -> false, ModelWorker.Events.NONE)),
                modelCalls.permits(),
                progress());
    }

    /** Work of which so many elements may be in flight in one worker. */
    public Spread spread(String name, int inFlight) {
        return new Spread(new InFlightLimit(name, inFlight), shards);
    }
}
