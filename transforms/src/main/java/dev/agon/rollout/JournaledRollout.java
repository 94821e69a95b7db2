package dev.agon.rollout;

import dev.agon.journal.Blobs;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Rollout;
import dev.agon.stores.JournalStore;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One rollout as a journal has it, for those who watch: its steps while it is in progress, then the whole of it. Of several attempts
 * at the slot, made under different configurations, it is the one that started last. Nothing is written.
 *
 * <p>A step is an entry of its own once it was observed, and until then one that holds the answer alone.
 */
public final class JournaledRollout {

    private static final List<String> KINDS = List.of(JournaledSteps.KIND, RolloutJournal.KIND);

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
        Set<String> hashes = new TreeSet<>();
        for (String kind : KINDS) {
            String any = new JournalKey(kind, rolloutId, "").blobName();
            String folder = any.substring(0, any.length() - 1);
            for (String name : blobs.list(folder)) {
                hashes.add(name.substring(folder.length() + 1).replaceAll("/.*", ""));
            }
        }
        Optional<JournaledRollout> latest = Optional.empty();
        Instant latestStart = Instant.MIN;
        for (String hash : hashes) {
            JournaledRollout attempt = new JournaledRollout(
                    store.open(), new JournalKey(RolloutJournal.KIND, rolloutId, hash), hashes.size());
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
        for (String kind : KINDS) {
            int afterSlot = kind.equals(JournaledSteps.KIND) ? 2 : 1;
            for (String name : blobs.list(kind)) {
                List<String> parts = Arrays.asList(name.split("/"));
                ids.add(parts.subList(1, parts.size() - afterSlot).stream()
                        .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                        .collect(Collectors.joining("/")));
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
        return journal.find(JournaledSteps.key(key, number), RecordedStep.class)
                .or(() -> journal.find(JournaledSteps.answerKey(key, number), RecordedStep.class))
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
