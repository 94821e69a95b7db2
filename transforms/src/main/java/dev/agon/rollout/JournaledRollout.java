package dev.agon.rollout;

import dev.agon.journal.BlobKind;
import dev.agon.journal.Blobs;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Rollout;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One rollout as a journal has it, for those who watch: its steps while it is in progress, then the whole of it. Of several attempts
 * at the slot, made under different configurations, it is the one that started last. Nothing is written.
 *
 * <p>A step is an entry of its own once it was observed, and until then one that holds the answer alone.
 */
public final class JournaledRollout {

    private static final List<BlobKind> KINDS = List.of(BlobKind.STEPS, BlobKind.ROLLOUTS);

    private final Journal journal;
    private final JournalKey key;
    private final int attempts;

    private JournaledRollout(Journal journal, JournalKey key, int attempts) {
        this.journal = journal;
        this.key = key;
        this.attempts = attempts;
    }

    /** The rollout of that id; empty when the journal has nothing of it. */
    public static Optional<JournaledRollout> find(JournalStore store, String rolloutId) throws IOException {
        Blobs blobs = store.blobs();
        Set<JournalKey> keys = new HashSet<>();
        for (BlobKind kind : KINDS) {
            for (String name : blobs.list(JournalKey.folderOf(kind, rolloutId))) {
                JournalKey.rolloutOf(name)
                        .filter(key ->
                                JournalKey.folderOf(kind, key.slot()).equals(JournalKey.folderOf(kind, rolloutId)))
                        .ifPresent(keys::add);
            }
        }
        Optional<JournaledRollout> latest = Optional.empty();
        Instant latestStart = Instant.MIN;
        for (JournalKey key : keys) {
            JournaledRollout attempt = new JournaledRollout(store.open(), key, keys.size());
            Optional<Instant> start = attempt.step(1).map(RecordedStep::getStartedAt);
            if (start.isPresent() && start.get().isAfter(latestStart)) {
                latest = Optional.of(attempt);
                latestStart = start.get();
            }
        }
        return latest;
    }

    /** Ids of all rollouts that the journal has something of. */
    public static Set<String> ids(JournalStore store) throws IOException {
        Blobs blobs = store.blobs();
        Set<String> ids = new TreeSet<>();
        for (BlobKind kind : KINDS) {
            for (String name : blobs.list(kind.folder())) {
                JournalKey.rolloutOf(name).map(JournalKey::slot).ifPresent(ids::add);
            }
        }
        return ids;
    }

    /** Attempts at the slot that the journal has, this one included. */
    public int attempts() {
        return attempts;
    }

    /** The step of that number, from 1, if it was taken. */
    public Optional<RecordedStep> step(int number) {
        return journal.find(key.step(number), RecordedStep.class)
                .or(() -> journal.find(key.answer(number), RecordedStep.class))
                .or(() -> recorded()
                        .filter(rollout -> number <= rollout.getSteps().size())
                        .map(rollout ->
                                new RecordedStep(rollout.getSteps().get(number - 1), true, rollout.getStartedAt())));
    }

    /** The whole rollout, once it is finished; one that ended at a limit and goes on under another is not. */
    public Optional<Rollout> finished() {
        return recorded().filter(rollout -> step(rollout.getSteps().size() + 1).isEmpty());
    }

    private Optional<Rollout> recorded() {
        return journal.find(key, RecordedRollout.class).map(RecordedRollout::getRollout);
    }
}
