package dev.agon.pipelines.cluster;

import dev.agon.sandbox.ProcessFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the JVMs of a cluster. Each has a session of its own, so that neither the end of the command nor Ctrl-C in its terminal
 * ends them; its output goes to its log. Its arguments stand in {@code conf/NAME.args}: {@code java @FILE} starts it by hand.
 *
 * <p>They inherit the environment, where models' API keys are. It is written nowhere: Flink says at most, at a level that the
 * log leaves out, JAVA_HOME and Hadoop's variables.
 *
 * @param extra Flink options that the user added, for processes that are started now
 */
record FlinkJvm(ClusterFolder folder, String classPath, Map<String, String> extra) {

    private static final List<String> JVM_OPTIONS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            // As in the launcher: processes start fastest so, and the work waits more than it computes.
            "-Djdk.lang.Process.launchMechanism=VFORK",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError");

    ClusterProcess startJobManager() throws IOException {
        return start(
                ClusterProcess.JOB_MANAGER,
                List.of("-Xmx768m", "-XX:MaxMetaspaceSize=512m"),
                List.of(
                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                        "--configDir",
                        folder.configuration().toString(),
                        "--executionMode",
                        "cluster"));
    }

    ClusterProcess startTaskManager(int number, TaskManagerMemory memory) throws IOException {
        String name = "taskmanager-" + number;
        return start(
                name,
                memory.jvmOptions(),
                List.of(
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                        "--configDir",
                        folder.configuration().toString(),
                        "-Dtaskmanager.resource-id=" + name));
    }

    private ClusterProcess start(String name, List<String> memory, List<String> main) throws IOException {
        Path log = folder.log(name);
        List<String> arguments = new ArrayList<>(JVM_OPTIONS);
        arguments.addAll(memory);
        arguments.add("-Dlog.file=" + log);
        // Libraries unpack what the cluster's end removes; workers of one machine look for dead ones in one place.
        arguments.add("-Djava.io.tmpdir=" + folder.temporary());
        arguments.add("-D" + ProcessFolder.MACHINE + "=" + ProcessFolder.machine());
        arguments.add("-Dlogback.configurationFile=" + folder.configuration().resolve("logback.xml"));
        arguments.addAll(List.of("-cp", classPath));
        arguments.addAll(main);
        extra.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        Path file = folder.configuration().resolve(name + ".args");
        Files.write(file, arguments.stream().map(FlinkJvm::quoted).toList());

        Process process = new ProcessBuilder(
                        "setsid",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        ClusterProcess.mark(folder, name),
                        "@" + file)
                .directory(folder.path().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ClusterProcess(name, process.pid());
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
