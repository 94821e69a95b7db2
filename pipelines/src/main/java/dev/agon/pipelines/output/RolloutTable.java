package dev.agon.pipelines.output;

import static org.apache.parquet.filter2.predicate.FilterApi.and;
import static org.apache.parquet.filter2.predicate.FilterApi.binaryColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.eq;
import static org.apache.parquet.filter2.predicate.FilterApi.intColumn;

import dev.agon.schemas.Rollout;
import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.io.api.Binary;

/** Reads single rollouts back from the tables of a run. */
public final class RolloutTable {

    private static final Pattern PLACE = Pattern.compile("/(\\d{1,9})/(\\d{1,9})$");

    private RolloutTable() {}

    /** The rollout with that id. Empty when the folder has no table of rollouts, or the table has no such rollout. */
    public static Optional<Rollout> find(Path run, String rolloutId) throws IOException {
        return of(run).first(isOf(rolloutId));
    }

    /** As texts, the ids of a row group overlap with those of others of the same task; iteration and index do not. */
    static FilterPredicate isOf(String rolloutId) {
        FilterPredicate same = eq(binaryColumn("rollout_id"), Binary.fromString(rolloutId));
        Matcher place = PLACE.matcher(rolloutId);
        return place.find()
                ? and(
                        same,
                        and(
                                eq(intColumn("iteration"), Integer.valueOf(place.group(1))),
                                eq(intColumn("index"), Integer.valueOf(place.group(2)))))
                : same;
    }

    /** Ids of all rollouts in the table. */
    public static Set<String> ids(Path run) throws IOException {
        Set<String> ids = new TreeSet<>();
        of(run).forEach(
                        List.of("rollout_id"),
                        row -> ids.add(row.get("rollout_id").toString()));
        return ids;
    }

    public static StoredTable<Rollout> of(Path run) {
        return StoredTable.of(run, TableName.ROLLOUTS, Rollout.class);
    }
}
