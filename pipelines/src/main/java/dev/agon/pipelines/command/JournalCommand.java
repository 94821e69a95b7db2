package dev.agon.pipelines.command;

import dev.agon.journal.Blobs;
import dev.agon.journal.JournalCheck;
import dev.agon.journal.JournalCheck.Damage;
import dev.agon.journal.JournalCheck.Findings;
import dev.agon.journal.JournalCleaning;
import dev.agon.journal.JournalCleaning.Removal;
import dev.agon.journal.JournalContents;
import dev.agon.journal.JournalContents.Total;
import dev.agon.journal.NoJournalException;
import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.engine.BeamOptions;
import dev.agon.stores.JournalStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code agon journal}: looks after what runs have paid for. Each subcommand fails as bad input where there is no journal. */
@Command(
        name = "journal",
        description = "Shows, checks and cleans a journal: what runs have paid for and need not buy again.",
        mixinStandardHelpOptions = true)
public final class JournalCommand implements Runnable {

    private static final String WHICH = "the journal, such as out/demo.journal";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: stats, verify or gc");
    }

    @Command(
            name = "stats",
            description = "Prints how many blobs and bytes of each kind a journal holds.",
            mixinStandardHelpOptions = true)
    int stats(@Parameters(paramLabel = "DIR", description = WHICH) String location) throws Exception {
        return on(location, journal -> {
            JournalContents contents = JournalContents.of(journal);
            System.out.printf("%-14s %10s %15s%n", "kind", "blobs", "bytes");
            contents.byKind().forEach((kind, total) -> row(kind.isEmpty() ? "(none)" : kind, total));
            row("(unfinished)", contents.unfinished());
            System.out.printf("%nNothing was opened: agon journal verify %s looks for damage.%n", location);
            return Agon.DONE;
        });
    }

    private static void row(String kind, Total total) {
        System.out.printf(Locale.ROOT, "%-14s %,10d %,15d%n", kind, total.blobs(), total.bytes());
    }

    @Command(
            name = "verify",
            description = "Reads everything in a journal and lists what is damaged. Exit code 1 if there is something.",
            mixinStandardHelpOptions = true)
    int verify(@Parameters(paramLabel = "DIR", description = WHICH) String location) throws Exception {
        return on(location, journal -> {
            Findings findings = JournalCheck.of(journal);
            for (Damage damage : findings.damaged()) {
                System.out.printf("damaged: %s %s%n", damage.blob(), damage.problem());
            }
            System.out.printf(
                    Locale.ROOT,
                    "%,d entries read, %,d damaged.%n",
                    findings.entries(),
                    findings.damaged().size());
            if (findings.damaged().isEmpty()) {
                return Agon.DONE;
            }
            System.out.println(
                    "Damaged entries are never used: the next run does their work again. A damaged part of a ledger is mended by"
                            + " the next start of its run.");
            return Agon.SOME_FAILED;
        });
    }

    @Command(
            name = "gc",
            description = "Removes from a journal what no run will need again: steps of finished rollouts, damaged and"
                    + " half-written entries, old progress, unused schemas. Safe while a run uses the journal.",
            mixinStandardHelpOptions = true)
    int gc(
            @Parameters(paramLabel = "DIR", description = WHICH) String location,
            @Option(names = "--dry-run", description = "removes nothing, and prints what it would remove")
                    boolean dryRun)
            throws Exception {
        return on(location, journal -> {
            List<Removal> removals = new JournalCleaning(journal, InstantSource.system(), dryRun).run();
            removals.stream()
                    .collect(Collectors.groupingBy(Removal::reason, TreeMap::new, Collectors.toList()))
                    .forEach(JournalCommand::print);
            System.out.printf(
                    Locale.ROOT,
                    "%s %,d blobs of %,d bytes.%n",
                    dryRun ? "Would remove" : "Removed",
                    removals.size(),
                    bytes(removals));
            return Agon.DONE;
        });
    }

    private static void print(String reason, List<Removal> removals) {
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

    /** What a subcommand does with a journal; gives the exit code. */
    private interface Work {
        int on(Blobs journal) throws Exception;
    }

    /** Does the work on the journal at a path, or at an address of one of Beam's file systems. */
    private static int on(String location, Work work) throws Exception {
        FileSystems.setDefaultPipelineOptions(BeamOptions.none());
        try {
            return work.on(new JournalStore(location).blobs());
        } catch (NoJournalException e) {
            throw new ConfigException(
                    location + " " + e.getMessage()
                            + "; name the journal of a run, which stands beside its output: out/NAME.journal",
                    e);
        }
    }
}
