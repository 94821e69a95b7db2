package dev.agon.pipelines.run;

import dev.agon.journal.BlobKind;
import dev.agon.journal.Blobs;
import dev.agon.stores.JournalStore;
import dev.agon.tables.FetchTables;
import dev.agon.tables.TableTarget;
import dev.agon.tasks.HandedOverTasks;
import dev.agon.tasks.TaskSet;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the launcher and the workers of one start hand over to one another: the data set on its way out, the tables on their way
 * home.
 *
 * <p>Both go through the journal's store, below {@code handover/RUN/START}, since it is what all of them see. Where the journal
 * is a path of this machine the tables need no way home: workers write them into the run's draft. What was handed over is removed
 * when the start ends; what a launcher leaves that dies, {@code agon journal gc} removes.
 */
public final class Handover implements AutoCloseable {

    private final JournalStore journal;
    private final String folder;
    private final Path draft;
    private final TableTarget tables;

    /**
     * @param draft where the tables are to be in the end
     * @param files files of each table
     */
    public Handover(JournalStore journal, String runId, String start, Path draft, int files) {
        this.journal = journal;
        this.folder = BlobKind.HANDOVER.folder() + "/" + runId + "/" + start;
        this.draft = draft;
        this.tables = new TableTarget(
                journal.hasScheme() ? journal.folder(folder + "/tables") : draft.toString(), runId, files);
    }

    /** Where all of it is in the journal's store. */
    String folder() {
        return folder;
    }

    /** Puts the data set where workers find it. */
    HandedOverTasks give(TaskSet tasks) {
        return HandedOverTasks.put(tasks, journal, folder);
    }

    /** Where workers write the tables. */
    public TableTarget tables() {
        return tables;
    }

    /** Brings the tables into the draft, once the pipeline has come to its end. */
    void take() throws IOException {
        if (journal.hasScheme()) {
            FetchTables.into(draft, tables);
        }
    }

    @Override
    public void close() throws IOException {
        Blobs blobs = journal.blobs();
        for (String left : blobs.list(folder)) {
            blobs.delete(left);
        }
    }
}
