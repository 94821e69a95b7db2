package dev.agon.pipelines.output;

import dev.agon.schemas.Rollout;
import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads single rollouts back from the tables of a run. */
public final class RolloutTable {

    private RolloutTable() {}

    /** The rollout with that id. Empty when the folder has no table of rollouts, or the table has no such rollout. */
    public static Optional<Rollout> find(Path run, String rolloutId) throws IOException {
        return of(run).first(rollout -> rollout.getRolloutId().equals(rolloutId));
    }

    /** Ids of all rollouts in the table. */
    public static Set<String> ids(Path run) throws IOException {
        Set<String> ids = new TreeSet<>();
        of(run).forEach(rollout -> ids.add(rollout.getRolloutId()));
        return ids;
    }

    public static StoredTable<Rollout> of(Path run) {
        return StoredTable.of(run, TableName.ROLLOUTS, Rollout.class);
    }
}
