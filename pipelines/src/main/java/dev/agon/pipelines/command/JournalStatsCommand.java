package dev.agon.pipelines.command;

import dev.agon.journal.JournalContents;
import dev.agon.journal.JournalContents.Total;
import dev.agon.journal.NoJournalException;
import dev.agon.pipelines.Agon;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code agon journal stats}: prints how much of each kind a journal holds, without opening any of it. */
@Command(
        name = "stats",
        description = "Prints how many blobs and bytes of each kind a journal holds.",
        mixinStandardHelpOptions = true)
final class JournalStatsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "the journal, such as out/demo.journal")
    private String location;

    @Override
    public Integer call() throws Exception {
        try {
            JournalContents contents = JournalContents.of(JournalCommand.open(location));
            System.out.printf("%-14s %10s %15s%n", "kind", "blobs", "bytes");
            contents.byKind().forEach((kind, total) -> row(kind.isEmpty() ? "(none)" : kind, total));
            row("(unfinished)", contents.unfinished());
            System.out.printf("%nNothing was opened: agon journal verify %s looks for damage.%n", location);
            return Agon.DONE;
        } catch (NoJournalException e) {
            throw JournalCommand.noJournal(location, e);
        }
    }

    private static void row(String kind, Total total) {
        System.out.printf(Locale.ROOT, "%-14s %,10d %,15d%n", kind, total.blobs(), total.bytes());
    }
}
