package dev.agon.pipelines.command;

import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.report.FailureReasons;
import dev.agon.pipelines.report.RunFolderException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code agon failures}: prints what failed in a run, by reason. */
@Command(
        name = "failures",
        description = "Prints what failed in a run and why: the failures by reason, with the ids of what failed.",
        mixinStandardHelpOptions = true)
public final class FailuresCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "the folder of a run")
    private Path run;

    @Override
    public Integer call() throws Exception {
        try {
            FailureReasons.of(run).printAll(System.out);
            return Agon.DONE;
        } catch (RunFolderException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }
}
