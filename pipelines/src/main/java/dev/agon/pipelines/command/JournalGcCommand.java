package dev.agon.pipelines.command;

import dev.agon.journal.JournalCleaning;
import dev.agon.journal.JournalCleaning.Removal;
import dev.agon.journal.NoJournalException;
import dev.agon.pipelines.Agon;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agon journal gc}: removes what no run will need again, and prints what that was. */
@Command(
        name = "gc",
        description = "Removes from a journal what no run will need again: steps of finished rollouts, damaged and"
                + " half-written entries, old progress, unused schemas. Safe while a run uses the journal.",
        mixinStandardHelpOptions = true)
final class JournalGcCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "the journal, such as out/demo.journal")
    private String location;

    @Option(names = "--dry-run", description = "removes nothing, and prints what it would remove")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        try {
            List<Removal> removals =
                    new JournalCleaning(JournalCommand.open(location), InstantSource.system(), dryRun).run();
            removals.stream()
                    .collect(Collectors.groupingBy(Removal::reason, TreeMap::new, Collectors.toList()))
                    .forEach(this::print);
            System.out.printf(
                    Locale.ROOT,
                    "%s %,d blobs of %,d bytes.%n",
                    dryRun ? "Would remove" : "Removed",
                    removals.size(),
                    bytes(removals));
            return Agon.DONE;
        } catch (NoJournalException e) {
            throw JournalCommand.noJournal(location, e);
        }
    }

    private void print(String reason, List<Removal> removals) {
        System.out.printf(
                Locale.ROOT,
                "%s: %,d blobs, %,d bytes, such as %s%n",
                reason,
                removals.size(),
                bytes(removals),
                removals.get(0).blob().name());
    }

    private static long bytes(List<Removal> removals) {
        return removals.stream().mapToLong(removal -> removal.blob().bytes()).sum();
    }
}
