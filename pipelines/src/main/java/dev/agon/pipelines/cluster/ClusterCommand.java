package dev.agon.pipelines.cluster;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** {@code agon cluster}: a Flink cluster on this machine, for trying and testing what else runs on many. */
@Command(
        name = "cluster",
        description = "Starts, shows and stops a Flink cluster on this machine. Its processes outlive the command; only"
                + " this machine reaches them.",
        subcommands = {ClusterStartCommand.class},
        mixinStandardHelpOptions = true)
public final class ClusterCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: start, status or stop");
    }

    /** Prints what runs; gives 1 when no cluster runs or a process of it died. */
    @Command(
            name = "status",
            description =
                    "Prints the cluster's processes, slots and jobs. Ends with 1 when none runs or a process died.",
            mixinStandardHelpOptions = true)
    int status(@Mixin ClusterOptions cluster) throws Exception {
        ClusterFolder folder = cluster.folder();
        Optional<ClusterState> state = folder.state();
        if (state.isEmpty()) {
            System.out.printf("No cluster runs in %s: `agon cluster start` starts one.%n", folder.path());
            return ExitCode.SOFTWARE;
        }
        ClusterTable.of(folder, state.get()).print(System.out);
        int died = state.get().dead(folder).size();
        if (died == 0) {
            return ExitCode.OK;
        }
        System.out.printf(
                "%n%d of %d processes died: `agon cluster start` replaces them.%n",
                died, state.get().processes().size());
        return ExitCode.SOFTWARE;
    }

    /** Ends all processes of the cluster and waits until they are gone. */
    @Command(
            name = "stop",
            description = "Ends the cluster and waits until its processes are gone. Jobs on it end too.",
            mixinStandardHelpOptions = true)
    int stop(@Mixin ClusterOptions cluster) throws Exception {
        ClusterFolder folder = cluster.folder();
        List<ClusterProcess> ended = folder.whileLocked(() -> new LocalCluster(folder, Patience.real()).stop());
        System.out.println(
                ended.isEmpty()
                        ? "No cluster ran in " + folder.path() + "."
                        : "Stopped " + ended.stream().map(ClusterProcess::name).collect(Collectors.joining(", "))
                                + ".");
        return ExitCode.OK;
    }
}
