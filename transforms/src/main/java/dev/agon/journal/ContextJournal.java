package dev.agon.journal;

import dev.agon.schemas.Ids;
import dev.agon.schemas.RefinementContext;
import java.util.Optional;

/**
 * The refinement contexts under which a run has bought rollouts. A context stays what it was then: a slot of the iteration before
 * that failed and is filled by a later start may change what the tournament selects, and rollouts that were bought and are whole
 * would be bought again under another context.
 *
 * <p>In and out: contexts by their id, within one run; a run with another number of rollouts, another model or another prompt has
 * its own. Fails with a {@link JournalException} when the store does. Safe for use by many threads and processes at once.
 */
public final class ContextJournal {

    private final Journal journal;
    private final String run;

    /** @param run id of the run, the same in all its starts */
    public ContextJournal(Journal journal, String run) {
        this.journal = journal;
        this.run = JournalKey.hashOf(Ids.sha256(run));
    }

    /** The context of that id under which something was bought, if there is one. */
    public Optional<RefinementContext> find(String contextId) {
        return journal.find(key(contextId), RefinementContext.class);
    }

    /** Keeps a context, for when the first answer under it was bought; whoever is given it later is given the same. */
    public void put(RefinementContext context) {
        journal.put(key(context.getContextId()), context);
    }

    private JournalKey key(String contextId) {
        return new JournalKey(BlobKind.CONTEXTS, contextId, run);
    }
}
