package dev.agon.pipelines.command;

import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.output.PredictionStage;
import dev.agon.pipelines.output.Predictions;
import dev.agon.pipelines.output.RunName;
import dev.agon.pipelines.report.RunFolderException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code agon export}: writes results in the formats of other tools. */
@Command(
        name = "export",
        description = "Writes what a run made in the formats of other tools.",
        subcommands = {ExportCommand.OfPredictions.class, ExportTrajectoriesCommand.class},
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to export: predictions or trajectories");
    }

    /** {@code agon export predictions}: one submission of each task, for the SWE-bench harness. */
    @Command(
            name = "predictions",
            description = "Writes one submission of each task for the SWE-bench harness.",
            mixinStandardHelpOptions = true)
    static final class OfPredictions implements Callable<Integer> {

        @Parameters(paramLabel = "DIR", description = "the folder of a run")
        private Path run;

        @Option(
                names = "--stage",
                defaultValue = "final",
                description = "whose submission: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
        private PredictionStage stage;

        @Option(
                names = "--format",
                defaultValue = "jsonl",
                description = "jsonl, one a line, or json, one object by instance id (default: ${DEFAULT-VALUE})")
        private Predictions.Format format;

        @Option(names = "--out", paramLabel = "FILE", description = "where to (default: standard output)")
        private Path out;

        @Override
        public Integer call() throws Exception {
            try {
                List<PredictionStage.Chosen> chosen = stage.chosen(run);
                if (chosen.isEmpty()) {
                    throw new ConfigException(
                            run + " has no rollout of the stage `" + stage + "`: choose another with --stage");
                }
                byte[] bytes = Predictions.bytes(chosen, stage, RunName.of(run).name(), format);
                if (out == null) {
                    System.out.write(bytes);
                    System.out.flush();
                } else {
                    Files.write(out, bytes);
                    System.out.printf("%d predictions of the stage %s are in %s.%n", chosen.size(), stage, out);
                }
                return Agon.DONE;
            } catch (RunFolderException e) {
                throw new ConfigException(e.getMessage(), e);
            }
        }
    }
}
