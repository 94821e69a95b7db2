package dev.agon.pipelines.command;

import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.sandbox.DeadWorker;
import dev.agon.sandbox.FileTrees;
import dev.agon.sandbox.ProcessFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code agon clean}: removes what killed workers left on this machine, and prints it. Exit codes: 0 all of it is gone; 1 something
 * could not be removed, which is printed with the reason; 2 a folder cannot be listed.
 */
@Command(
        name = "clean",
        description =
                "Removes what killed workers left on this machine: folders, control groups, processes and sockets of"
                        + " their sandboxes, temporary files, and native libraries that nobody uses. Leaves alone what belongs to live workers. A worker does the same when it starts.",
        mixinStandardHelpOptions = true)
public final class CleanCommand implements Callable<Integer> {

    private final InstantSource clock = InstantSource.system();

    @Parameters(
            paramLabel = "DIR",
            arity = "0..*",
            description = "folders for temporary files that workers used (their -Djava.io.tmpdir); default: this one's")
    private List<Path> parents = List.of(ProcessFolder.machine());

    @Option(names = "--dry-run", description = "removes nothing, and prints what it would remove")
    private boolean dryRun;

    @Override
    public Integer call() throws ConfigException {
        int removed = 0;
        int left = 0;
        for (Path parent : parents) {
            for (DeadWorker worker : find(parent)) {
                System.out.println(describe(worker));
                Optional<String> obstacle = dryRun ? Optional.empty() : worker.remove();
                if (obstacle.isPresent()) {
                    System.out.println("  not removed: " + obstacle.get());
                    left++;
                } else {
                    removed++;
                }
            }
            left += removeStrays(parent);
        }
        System.out.printf(
                Locale.ROOT,
                "%s what %d dead workers had left%s.%n",
                dryRun ? "Would remove" : "Removed",
                removed,
                left > 0 ? "; could not remove that of " + left : "");
        return left > 0 ? Agon.SOME_FAILED : Agon.DONE;
    }

    /** Returns how many could not be removed. */
    private int removeStrays(Path parent) throws ConfigException {
        int failed = 0;
        for (StrayFile stray : StrayFile.find(parent, clock.instant())) {
            System.out.printf(Locale.ROOT, "%s: no living process uses it; %,d bytes%n", stray.path(), stray.bytes());
            try {
                if (!dryRun) {
                    FileTrees.remove(stray.path());
                }
            } catch (IOException e) {
                System.out.println("  not removed: " + e);
                failed++;
            }
        }
        return failed;
    }

    private static List<DeadWorker> find(Path parent) throws ConfigException {
        try {
            return DeadWorker.find(parent);
        } catch (IOException e) {
            throw new ConfigException("cannot look for dead workers' folders in " + parent + ": " + e, e);
        }
    }

    private String describe(DeadWorker worker) {
        DeadWorker.Size size = worker.size();
        Duration age = Duration.between(worker.started(), clock.instant());
        return String.format(
                Locale.ROOT,
                "%s: worker %d of %s, started %d h %d min ago; %,d bytes, %d control groups, %d processes",
                worker.folder(),
                worker.pid(),
                worker.user(),
                age.toHours(),
                age.toMinutesPart(),
                size.bytes(),
                size.groups(),
                size.processes());
    }
}
