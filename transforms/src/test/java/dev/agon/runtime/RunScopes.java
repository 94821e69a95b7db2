package dev.agon.runtime;

import dev.agon.concurrency.Shards;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Scopes of runs that a launcher has begun. */
public final class RunScopes {

    private RunScopes() {}

    /** With seed 7, 8 model calls in flight and 2 shards. */
    public static RunScope begun(Path journal, String run, String attempt, Budget budget) {
        String location = journal.toString();
        RunControlStore control = new RunControlStore(location, run, attempt, budget);
        try {
            control.begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RunScope scope = new RunScope(
                7,
                new JournalStore(location),
                new ProgressStore(location, run + "/" + attempt),
                control,
                new InFlightLimit("model_calls", 8),
                Shards.of(2));
        scope.join().close(); // as the launcher does, which finds out that a budget is used up already
        return scope;
    }
}
