package dev.agon.pipelines.cluster;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code agon cluster …} in a process of its own, as the launcher starts it.
 *
 * @param code its exit code
 * @param text what it printed
 */
record FinishedCommand(int code, String text) {

    /** @param environment variables that it has besides those of this process */
    static FinishedCommand run(ClusterFolder folder, Map<String, String> environment, String command, String... options)
            throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("agon.launcher.classpath"),
                "dev.agon.pipelines.Agon",
                "cluster",
                command,
                "--folder",
                folder.path().toString()));
        line.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new FinishedCommand(process.waitFor(), text);
    }
}
