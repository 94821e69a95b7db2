package dev.agon.journal;

import dev.agon.schemas.RecordedRollout;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes from a journal what nobody will need again, and says what it removed. Safe while runs use the journal. Fails with a
 * {@link NoJournalException} on anything else, and never touches a ledger or a blob it does not know.
 *
 * <ul>
 *   <li>What writers left behind that died, once it is an hour old.
 *   <li>Entries whose checksum is wrong. Those that lack only their schema stay: the next run may write that again.
 *   <li>Steps that their finished rollout, which is in the journal, holds itself. Steps beyond those stay: they are of a run that
 *       goes on from where the rollout had ended at a limit.
 *   <li>Counts of progress, and tasks and tables that were handed over, of starts of which nothing was written for a day.
 *   <li>Schemas that no remaining entry was written with, when nothing in the journal was written for a day: a run that is alive
 *       writes its schemas only once.
 * </ul>
 */
public final class JournalCleaning {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** Kinds of blobs that belong to one start of a run, with why nobody needs them once it is over. */
    private static final Map<BlobKind, String> OF_STARTS =
            Map.of(BlobKind.PROGRESS, "old progress", BlobKind.HANDOVER, "tasks and tables of a start that died");

    private final Blobs blobs;
    private final InstantSource clock;
    private final boolean dryRun;
    private final SchemaStore schemas;
    private final Map<String, Integer> stepsOfFinished = new HashMap<>();
    private final List<Removal> removals = new ArrayList<>();

    /**
     * A blob that was removed, or would have been.
     *
     * @param blob what it was
     * @param reason why nobody needs it
     */
    public record Removal(StoredBlob blob, String reason) {}

    /** A cleaning of one store; a dry run only says what would be removed. */
    public JournalCleaning(Blobs blobs, InstantSource clock, boolean dryRun) {
        this.blobs = blobs;
        this.clock = clock;
        this.dryRun = dryRun;
        this.schemas = new SchemaStore(blobs);
    }

    /** Cleans, and returns what was removed. */
    public List<Removal> run() throws IOException, NoJournalException {
        JournalContents contents = JournalContents.of(blobs);
        Instant now = clock.instant();
        Set<String> recent = contents.all().stream()
                .filter(blob -> whyOld(blob).isPresent() && !blob.isOlderThan(now.minus(DAY)))
                .map(JournalCleaning::start)
                .collect(Collectors.toSet());
        for (StoredBlob blob : contents.all()) {
            if (!blob.whole() && blob.isOlderThan(now.minus(HOUR))) {
                remove(blob, "half-written, its writer died");
            } else if (blob.whole() && whyOld(blob).isPresent() && !recent.contains(start(blob))) {
                remove(blob, whyOld(blob).get());
            }
        }
        Set<String> used = new HashSet<>();
        for (StoredBlob entry : (Iterable<StoredBlob>) contents.entries()::iterator) {
            clean(entry, used);
        }
        if (contents.all().stream().allMatch(blob -> blob.isOlderThan(now.minus(DAY)))) {
            for (StoredBlob blob : contents.all()) {
                if (SchemaStore.isSchema(blob) && !used.contains(blob.name())) {
                    remove(blob, "schema of no entry");
                }
            }
        }
        return List.copyOf(removals);
    }

    private static Optional<String> whyOld(StoredBlob blob) {
        return BlobKind.of(blob.name()).map(OF_STARTS::get);
    }

    /** Run and start, which follow the kind in the names of such blobs. */
    private static String start(StoredBlob blob) {
        String[] parts = blob.name().split("/", 4);
        return parts.length < 3 ? blob.name() : parts[1] + "/" + parts[2];
    }

    private void clean(StoredBlob entry, Set<String> used) throws IOException {
        if (isInFinishedRollout(entry.name())) {
            remove(entry, "step of a finished rollout");
            return;
        }
        Optional<byte[]> bytes = blobs.get(entry.name());
        if (bytes.isPresent()) {
            try {
                used.add(SchemaStore.blobName(EntryCodec.writer(bytes.get())));
            } catch (CorruptEntryException e) {
                // Removed at once: a run that buys it again in the meantime must not lose it.
                remove(entry, "damaged, it " + e.getMessage());
            }
        }
    }

    private boolean isInFinishedRollout(String entry) throws IOException {
        Optional<Integer> number = JournalKey.stepNumber(entry);
        if (number.isEmpty()) {
            return false;
        }
        String rollout = JournalKey.rolloutOf(entry).orElseThrow().blobName();
        Integer held = stepsOfFinished.get(rollout);
        if (held == null) {
            held = stepsHeldBy(rollout);
            stepsOfFinished.put(rollout, held);
        }
        return number.get() <= held;
    }

    /** How many steps the rollout's own entry holds; 0 when that cannot be used, and the steps are what is left of it. */
    private int stepsHeldBy(String rollout) throws IOException {
        Optional<byte[]> bytes = blobs.get(rollout);
        if (bytes.isEmpty()) {
            return 0;
        }
        try {
            long writer = EntryCodec.writer(bytes.get());
            return EntryCodec.decode(bytes.get(), schemas.get(writer), RecordedRollout.class)
                    .getRollout()
                    .getSteps()
                    .size();
        } catch (CorruptEntryException e) {
            return 0;
        }
    }

    private void remove(StoredBlob blob, String reason) throws IOException {
        if (!dryRun) {
            blobs.delete(blob.name());
        }
        removals.add(new Removal(blob, reason));
    }
}
