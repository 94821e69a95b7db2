package dev.agon.pipelines;

import dev.agon.pipelines.cluster.ClusterCommand;
import dev.agon.pipelines.cluster.ClusterException;
import dev.agon.pipelines.command.CleanCommand;
import dev.agon.pipelines.command.ExportCommand;
import dev.agon.pipelines.command.FailuresCommand;
import dev.agon.pipelines.command.GradesCommand;
import dev.agon.pipelines.command.JobCommand;
import dev.agon.pipelines.command.JournalCommand;
import dev.agon.pipelines.command.PlanCommand;
import dev.agon.pipelines.command.PromptsCommand;
import dev.agon.pipelines.command.ReportCommand;
import dev.agon.pipelines.command.ShowCommand;
import dev.agon.pipelines.command.TasksCommand;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.output.Version;
import dev.agon.sandbox.ProcessFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The command line. Exit codes: 0 done; 1 done, but some elements failed; 2 bad configuration or input, nothing ran; 3 aborted. */
@Command(
        name = "agon",
        description = "Scales the test-time compute of coding agents.",
        subcommands = {
            JobCommand.OfAgents.class,
            PlanCommand.class,
            TasksCommand.class,
            PromptsCommand.class,
            ReportCommand.class,
            FailuresCommand.class,
            ShowCommand.class,
            JobCommand.OfCorpus.class,
            ExportCommand.class,
            GradesCommand.class,
            JournalCommand.class,
            CleanCommand.class,
            ClusterCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Agon.VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:done, but some elements failed (the tables say which)",
            "2:bad configuration or input, nothing ran",
            "3:aborted"
        })
public final class Agon implements Runnable {

    public static final int DONE = 0;
    public static final int SOME_FAILED = 1;
    static final int BAD_INPUT = 2;
    public static final int ABORTED = 3;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] args) {
        ProcessFolder.enter();
        System.exit(execute(args));
    }

    /** Runs one command and returns its exit code. */
    public static int execute(String... args) {
        CommandLine agon = new CommandLine(new Agon())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Agon::fail);
        agon.getSubcommands().values().forEach(Agon::giveVersion);
        return agon.execute(args);
    }

    private static void giveVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new VersionProvider());
        command.getSubcommands().values().forEach(Agon::giveVersion);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command: run, replay, plan, tasks, prompts, report, failures, show, export, grades, journal, clean or cluster");
    }

    /** Mistakes of the user get their message; anything else is a bug or a dead machine and shows where it happened. */
    private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof ConfigException) {
            command.getErr().println(Ansi.AUTO.string("@|bold,red error:|@ ") + failure.getMessage());
            return BAD_INPUT;
        }
        if (!(failure instanceof ClusterException)) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().println(Ansi.AUTO.string("@|bold,red aborted:|@ ") + failure.getMessage());
        return ABORTED;
    }

    static final class VersionProvider implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"agon " + Version.agon() + " (" + Version.gitRevision() + ")"};
        }
    }
}
