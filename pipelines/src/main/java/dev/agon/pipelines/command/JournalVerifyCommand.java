package dev.agon.pipelines.command;

import dev.agon.journal.JournalCheck;
import dev.agon.journal.JournalCheck.Damage;
import dev.agon.journal.JournalCheck.Findings;
import dev.agon.journal.NoJournalException;
import dev.agon.pipelines.Agon;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code agon journal verify}: reads every entry, and ends with exit code 1 when any is damaged. */
@Command(
        name = "verify",
        description = "Reads every entry of a journal and lists those that are damaged. Exit code 1 if there is one.",
        mixinStandardHelpOptions = true)
final class JournalVerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "the journal, such as out/demo.journal")
    private String location;

    @Override
    public Integer call() throws Exception {
        try {
            Findings findings = JournalCheck.of(JournalCommand.open(location));
            for (Damage damage : findings.damaged()) {
                System.out.printf("damaged: %s %s%n", damage.entry(), damage.problem());
            }
            System.out.printf(
                    Locale.ROOT,
                    "%,d entries read, %,d damaged.%n",
                    findings.entries(),
                    findings.damaged().size());
            if (findings.damaged().isEmpty()) {
                return Agon.DONE;
            }
            System.out.println("Damaged entries are never used: the next run does their work again.");
            return Agon.SOME_FAILED;
        } catch (NoJournalException e) {
            throw JournalCommand.noJournal(location, e);
        }
    }
}
