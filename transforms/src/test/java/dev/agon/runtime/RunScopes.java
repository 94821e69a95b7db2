package dev.agon.runtime;

import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Scopes of runs that a launcher has begun. */
public final class RunScopes {

    private RunScopes() {}

    /** With seed 7, 8 model calls in flight and 2 shards. */
    public static RunScope begun(Path journal, String run, String start, Budget budget) {
        return begun(journal.toString(), run, start, budget, Shards.of(2));
    }

    /** The same, at any address and with any shards. */
    public static RunScope begun(String journal, String run, String start, Budget budget, Shards shards) {
        RunControlStore control = new RunControlStore(journal, run, start, budget);
        try {
            control.begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RunScope scope = new RunScope(
                7,
                new JournalStore(journal),
                new ProgressStore(journal, run + "/" + start),
                control,
                new InFlightLimit("model_calls", 8),
                shards);
        scope.join().close(); // as the launcher does, which finds out that a budget is used up already
        return scope;
    }
}
