package dev.agon.pipelines.command;

import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.report.Report;
import dev.agon.pipelines.report.RunFolderException;
import dev.agon.pipelines.report.StageTable;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code agon report}: computes the report of a finished run again from its tables. */
@Command(
        name = "report",
        description = "Writes report.html from the tables of a run, and prints pass@1 by stage.",
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "the folder of a run")
    private Path run;

    @Override
    public Integer call() throws Exception {
        try {
            StageTable.of(run).print(System.out);
            new Report(run).write();
            System.out.printf("%nThe report is %s.%n", run.resolve("report.html"));
            return Agon.DONE;
        } catch (RunFolderException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }
}
