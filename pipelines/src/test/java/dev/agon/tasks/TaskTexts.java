package dev.agon.tasks;

import dev.agon.schemas.TaskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The texts of tasks. */
public final class TaskTexts {

    private static final TaskFile COPIED = TaskFile.newBuilder()
            .setPath("src/a.txt")
            .setContent(ByteBuffer.wrap("a".getBytes(StandardCharsets.UTF_8)))
            .setExecutable(false)
            .build();

    private TaskTexts() {}

    public static void dockerfile(String text) {
        Dockerfile.read(text, null, List.of(COPIED), new HostSystem(name -> true, name -> true, "3.12", "linux/amd64"));
    }

    public static void script(String text) {
        HiddenScripts.obstacle(List.of(TaskFile.newBuilder(COPIED)
                .setPath("run.sh")
                .setContent(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .build()));
    }

    /**
     * A data set with one file rewritten.
     *
     * @param path where the data set is
     */
    public static void dataSet(String format, Path file, byte[] text, Path path) throws IOException, BadInputException {
        Files.write(file, text);
        new TasksConfig(format, path.toString(), List.of(), null).read();
    }
}
