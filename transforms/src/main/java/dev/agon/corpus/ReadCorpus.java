package dev.agon.corpus;

import dev.agon.concurrency.MapConcurrently;
import dev.agon.concurrency.MapEach;
import dev.agon.runtime.InFlightLimit;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.CorpusEntry;
import dev.agon.schemas.CorpusOutcome;
import dev.agon.schemas.Failure;
import dev.agon.schemas.PlacedTrial;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.TableName;
import dev.agon.tables.WithRows;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Reads a corpus of trajectories as if it were iteration 0 of a run.
 *
 * <pre>
 *   files ─► ReadTrajectories, or OwnTables ─► LeaveOutParts ─► entries ─► gather by task ─► PlaceTrials ─► refs │ rollouts │ tasks
 *                                                       └─► outcomes ───────────────────┐        │
 *   files of outcomes ─► outcomes ──────────────────────────────────────────────────────┴─► JoinOutcomes ─► grades
 * </pre>
 *
 * <p>Out: a reference to each attempt, and rows of the tables of tasks, rollouts, grades and failures. Places are given before any outcome is looked at, and outcomes meet nothing but the ids of placed rollouts.
 * Every file and every attempt is a rollout, a part of one, or a failure.
 */
public final class ReadCorpus extends PTransform<PBegin, WithRows<RolloutRef>> {

    /** Files that a worker reads at once: reading computes. */
    private static final int IN_FLIGHT = 2;

    private final CorpusConfig config;
    private final CorpusListing listing;
    private final transient CorpusOutcomes outcomes;
    private final RunScope scope;

    private ReadCorpus(CorpusConfig config, CorpusListing listing, CorpusOutcomes outcomes, RunScope scope) {
        this.config = config;
        this.listing = listing;
        this.outcomes = outcomes;
        this.scope = scope;
    }

    /**
     * @param config format and place
     * @param listing its files
     * @param outcomes what files of outcomes say
     * @param scope the run
     */
    public static ReadCorpus of(CorpusConfig config, CorpusListing listing, CorpusOutcomes outcomes, RunScope scope) {
        return new ReadCorpus(config, listing, outcomes, scope);
    }

    @Override
    public WithRows<RolloutRef> expand(PBegin begin) {
        PCollectionTuple read = listing.earlierRun()
                ? begin.apply("Tables", new OwnTables(config.path(), scope.journalStore()))
                : files(begin);
        PCollectionTuple parts = read.get(ReadTrajectories.FILES).apply("LeaveOutParts", new LeaveOutParts());
        PCollectionTuple placed = parts.get(LeaveOutParts.ENTRIES)
                .apply(
                        "ByTask",
                        WithKeys.<String, CorpusEntry>of(CorpusEntry::getTaskId).withKeyType(TypeDescriptors.strings()))
                .apply("Gather", GroupByKey.create())
                .apply(
                        "Place",
                        MapEach.of(
                                new PlaceTrials("corpus:" + config.path(), CorpusListing.ATTEMPTS_AT_MOST),
                                task -> MapEach.ofTask("trajectories", task.getKey()),
                                PlaceTrials.REFS,
                                PlaceTrials.ROLLOUTS,
                                PlaceTrials.TASKS,
                                PlaceTrials.PLACED));
        PCollectionTuple graded = grade(begin, placed.get(PlaceTrials.PLACED), parts.get(LeaveOutParts.OUTCOMES));
        PCollection<Failure> badOutcomes =
                begin.apply("BadOutcomes", Create.of(outcomes.failures()).withCoder(AvroCoder.specific(Failure.class)));
        return WithRows.of(placed.get(PlaceTrials.REFS))
                .and(TableName.TASKS, placed.get(PlaceTrials.TASKS))
                .and(TableName.ROLLOUTS, placed.get(PlaceTrials.ROLLOUTS))
                .and(TableName.GRADES, graded.get(JoinOutcomes.GRADES))
                .and(TableName.FAILURES, read.get(MapConcurrently.FAILURES))
                .and(TableName.FAILURES, badOutcomes)
                .and(TableName.FAILURES, parts.get(LeaveOutParts.FAILURES))
                .and(TableName.FAILURES, placed.get(MapConcurrently.FAILURES))
                .and(TableName.FAILURES, graded.get(MapConcurrently.FAILURES));
    }

    private PCollectionTuple files(PBegin begin) {
        return begin.apply("Files", Create.of(listing.files()).withCoder(StringUtf8Coder.of()))
                .apply(
                        "Read",
                        MapConcurrently.of(
                                new ReadTrajectories(config.format()),
                                scope,
                                new InFlightLimit("trajectories", IN_FLIGHT),
                                ReadTrajectories.FILES));
    }

    private PCollectionTuple grade(
            PBegin begin, PCollection<PlacedTrial> placed, PCollection<CorpusOutcome> ofTrajectories) {
        PCollection<CorpusOutcome> ofFiles =
                begin.apply("Outcomes", Create.of(outcomes.outcomes()).withCoder(ofTrajectories.getCoder()));
        PCollection<CorpusOutcome> all =
                PCollectionList.of(ofTrajectories).and(ofFiles).apply("AllOutcomes", Flatten.pCollections());
        return KeyedPCollectionTuple.of(
                        JoinOutcomes.PLACED,
                        placed.apply(
                                "PlacedByTask",
                                WithKeys.<String, PlacedTrial>of(PlacedTrial::getTaskId)
                                        .withKeyType(TypeDescriptors.strings())))
                .and(
                        JoinOutcomes.OUTCOMES,
                        all.apply(
                                "OutcomeByTask",
                                WithKeys.<String, CorpusOutcome>of(CorpusOutcome::getTaskId)
                                        .withKeyType(TypeDescriptors.strings())))
                .apply("Join", CoGroupByKey.create())
                .apply(
                        "JoinOutcomes",
                        MapEach.of(
                                new JoinOutcomes(),
                                task -> MapEach.ofTask("outcomes", task.getKey()),
                                JoinOutcomes.GRADES));
    }
}
