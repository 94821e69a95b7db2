package dev.agon.pipelines.command;

import dev.agon.journal.Blobs;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.stores.JournalStore;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code agon journal}: looks after what runs have paid for. */
@Command(
        name = "journal",
        description = "Shows, checks and cleans a journal: what runs have paid for and need not buy again.",
        subcommands = {JournalStatsCommand.class, JournalVerifyCommand.class, JournalGcCommand.class},
        mixinStandardHelpOptions = true)
public final class JournalCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: stats, verify or gc");
    }

    /** The store at a path, or at an address of one of Beam's file systems. */
    static Blobs open(String location) {
        FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
        return new JournalStore(location).blobs();
    }

    static ConfigException noJournal(String location, Exception cause) {
        return new ConfigException(
                location + " " + cause.getMessage()
                        + "; name the journal of a run, which stands beside its output: out/NAME.journal",
                cause);
    }
}
