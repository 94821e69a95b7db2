package dev.agon.journal;

import dev.agon.journal.JournalCheck.Damage;
import dev.agon.schemas.RecordedReply;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Rollout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mends the ledger of a run of which a power cut, or a disk, has left parts empty or cut off.
 *
 * <p>A part whose name tells its sum gets its content again. A part of an earlier version has lost its sum: it is set aside, and the
 * first such part is counted as what all entries of the journal cost beyond what all ledgers tell. That is too much for this run
 * where other runs have lost parts as well, and so never lets it buy more than it may.
 */
final class DamagedLedger {

    private final Blobs blobs;
    private final String folder;
    private final Journal journal;
    private final Map<String, Integer> stepsHeld = new HashMap<>();
    private final Set<String> stepsCounted = new HashSet<>();

    /** @param folder the ledger of the run */
    DamagedLedger(Blobs blobs, String folder) {
        this.blobs = blobs;
        this.folder = folder;
        this.journal = new Journal(blobs);
    }

    List<Damage> mend() throws IOException {
        List<Damage> damaged = new ArrayList<>();
        Map<String, byte[]> lost = new LinkedHashMap<>();
        for (String name : blobs.list(folder)) {
            byte[] bytes = blobs.get(name).orElse(new byte[0]);
            Optional<String> problem = Ledger.problem(name, bytes);
            if (problem.isPresent()) {
                damaged.add(new Damage(name, problem.get()));
                Optional<Spent> sum = Ledger.sumIn(name);
                if (sum.isPresent()) {
                    blobs.put(name, Ledger.content(sum.get()));
                } else {
                    lost.put(name, bytes);
                }
            }
        }
        Spent uncounted = lost.isEmpty() ? Spent.NOTHING : entries().minus(ledgers());
        for (Map.Entry<String, byte[]> part : lost.entrySet()) {
            blobs.put(part.getKey() + "-counted/" + Ledger.nameOf(uncounted), Ledger.content(uncounted));
            blobs.put(BlobKind.DAMAGED.folder() + "/" + part.getKey(), part.getValue());
            blobs.delete(part.getKey());
            uncounted = Spent.NOTHING;
        }
        return damaged;
    }

    /** What all ledgers tell of all runs. */
    private Spent ledgers() throws IOException {
        Map<String, Spent> sums = new HashMap<>();
        for (String name : blobs.list(BlobKind.LEDGER.folder())) {
            Optional<Spent> sum = Ledger.sumIn(name);
            if (sum.isPresent()) {
                sums.merge(Ledger.writerOf(name), sum.get(), Spent::later);
            } else {
                blobs.get(name).flatMap(Ledger::parse).ifPresent(told -> sums.put(name, told));
            }
        }
        return sums.values().stream().reduce(Spent.NOTHING, Spent::plus);
    }

    /** What all entries cost. A step counts once, in its finished rollout where that holds it. */
    private Spent entries() throws IOException {
        Spent sum = Spent.NOTHING;
        for (BlobKind kind : List.of(BlobKind.ROLLOUTS, BlobKind.STEPS, BlobKind.SUMMARIES, BlobKind.VOTES)) {
            for (String name : blobs.list(kind.folder())) {
                if (JournalKey.isEntry(name)) {
                    sum = sum.plus(cost(kind, name));
                }
            }
        }
        return sum;
    }

    private Spent cost(BlobKind kind, String name) {
        switch (kind) {
            case ROLLOUTS:
                Optional<Rollout> rollout =
                        journal.find(name, RecordedRollout.class).map(RecordedRollout::getRollout);
                stepsHeld.put(
                        name, rollout.map(Rollout::getSteps).map(List::size).orElse(0));
                return rollout.map(r ->
                                new Spent(r.getModelCalls(), r.getInputTokens() + r.getOutputTokens(), r.getCostUsd()))
                        .orElse(Spent.NOTHING);
            case STEPS:
                String held = JournalKey.rolloutOf(name).orElseThrow().blobName();
                int number = JournalKey.stepNumber(name).orElse(0);
                return journal.find(name, RecordedStep.class)
                        .map(RecordedStep::getStep)
                        .filter(step -> number > stepsHeld.getOrDefault(held, 0) && stepsCounted.add(held + number))
                        .map(s -> new Spent(1, s.getInputTokens() + s.getOutputTokens(), s.getCostUsd()))
                        .orElse(Spent.NOTHING);
            default:
                return journal.find(name, RecordedReply.class)
                        .map(r -> new Spent(1, r.getInputTokens() + r.getOutputTokens(), r.getCostUsd()))
                        .orElse(Spent.NOTHING);
        }
    }
}
