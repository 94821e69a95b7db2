package dev.agon.stores;

import dev.agon.journal.Journal;
import dev.agon.journal.JournalException;
import java.io.Serializable;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records of one type that the launcher put into the journal's store for workers to load by their names. Travels to workers, and
 * connects there.
 */
public final class HandedOver<T extends SpecificRecord> implements Serializable {

    private final JournalStore store;
    private final Class<T> type;
    private transient volatile Journal journal;

    public HandedOver(JournalStore store, Class<T> type) {
        this.store = store;
        this.type = type;
    }

    /**
     * The record of that name.
     *
     * @throws JournalException when it is not there, as where launcher and worker do not see the same store
     */
    public T get(String name) {
        if (journal == null) {
            journal = store.open();
        }
        return journal.find(name, type)
                .orElseThrow(
                        () -> new JournalException("the tasks that the launcher read are not where it put them, at "
                                + name + " in the journal " + store.location()
                                + ": the journal must be on a file system that the launcher and all workers share"));
    }
}
