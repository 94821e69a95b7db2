package dev.agon.pipelines;

import dev.agon.pipelines.report.RunFolderException;
import dev.agon.schemas.Rollout;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code agon show}: prints one rollout for a person to read. */
@Command(
        name = "show",
        description = "Prints one rollout: its prompt, each step, how it ended, what it submitted.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DIR", description = "the folder of a run")
    private Path run;

    @Parameters(index = "1", paramLabel = "ROLLOUT_ID", description = "such as free-shipping/0/3")
    private String rolloutId;

    @Override
    public Integer call() throws Exception {
        try {
            Rollout rollout = RolloutTable.find(run, rolloutId);
            RolloutText.print(rollout, System.out);
            return Agon.DONE;
        } catch (RunFolderException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }
}
