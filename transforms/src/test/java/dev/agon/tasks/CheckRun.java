package dev.agon.tasks;

import dev.agon.schemas.TaskFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a check by plain bash, in a folder and with an empty environment.
 *
 * @param code its return code
 * @param output what it printed
 */
record CheckRun(int code, String output) {

    static CheckRun of(String command, Path work) throws IOException, InterruptedException {
        Path output = work.resolveSibling("output");
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("`" + command + "` does not end");
        }
        return new CheckRun(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
    }

    /** Whether it returned 0 and, where a marker is given, printed it last. */
    boolean passes(String marker) {
        String printed = output.stripTrailing();
        return code == 0
                && (marker == null
                        || printed.substring(printed.lastIndexOf('\n') + 1).equals(marker));
    }

    /** Writes files into a folder, over what is there. */
    static Path lay(List<TaskFile> files, Path work) throws IOException {
        Files.createDirectories(work);
        for (TaskFile file : files) {
            Path path = work.resolve(file.getPath());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getContent().array());
        }
        return work;
    }
}
