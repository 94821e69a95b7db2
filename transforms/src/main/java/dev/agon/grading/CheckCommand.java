package dev.agon.grading;

import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The shell command that runs a hidden check so that the submission decides nothing but what it answers.
 *
 * <p>In: the ground truth's command. Out: a script for the sandbox. Every check gets an empty home and an environment in which no
 * program loads start-up files. Two forms of command are held apart from the submission as well, {@code python3 SCRIPT} and {@code
 * bash SCRIPT} with a script of the check's own, each with options, arguments and variables before it:
 *
 * <ul>
 *   <li>A Python script runs by {@code check.py}, with the submission's modules in another process.
 *   <li>A bash script is read into a bash that no other process can look into or trace, since its program file cannot be read.
 * </ul>
 *
 * In both the script is gone from the disk before anything of the submission runs. Other commands run as they are.
 */
final class CheckCommand {

    private static final String CLEAN = """
            unset BASH_ENV ENV PYTHONSTARTUP PYTHONUSERBASE PYTHONHOME
            export HOME=${TMPDIR:-/tmp}/home-$SRANDOM$SRANDOM PYTHONNOUSERSITE=1 GIT_CONFIG_GLOBAL=/dev/null \
            GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=/dev/null
            """;
    private static final String VARIABLES = "^((?:[A-Z_]+=[\\w.:/-]* ++)*+)";
    private static final String ARGUMENTS = "((?: ++[\\w.:/=-]++)*+)";
    private static final Pattern PYTHON =
            Pattern.compile(VARIABLES + "python3 ++((?:-[BEIOSsu]++ ++)*+)([\\w./-]++)" + ARGUMENTS);
    private static final Pattern BASH = Pattern.compile(VARIABLES + "bash ++([\\w./-]++)" + ARGUMENTS);
    private static final String CHECK = resource("check.py");

    private CheckCommand() {}

    static String of(GroundTruth truth, Task task) {
        String command = truth.getCommand().strip();
        Matcher python = PYTHON.matcher(command);
        if (truth.getFilesFolder() == null && python.matches() && isOwn(truth, python.group(3))) {
            return CLEAN + "export CHECK_PATH=$PYTHONPATH; unset PYTHONPATH\n" + python.group(1) + "exec python3 "
                    + python.group(2) + "-s -c " + quoted(CHECK) + " " + quoted(modules(task)) + " "
                    + quoted(String.join(",", scripts(truth))) + " " + python.group(3) + python.group(4);
        }
        Matcher bash = BASH.matcher(command);
        if (truth.getFilesFolder() == null && bash.matches() && isOwn(truth, bash.group(2))) {
            String run = "check=$(<$0); rm -f -- \"$0\" \"$HOME/bash\"; eval \"$check\"";
            return CLEAN + "mkdir \"$HOME\" && cp /bin/bash \"$HOME\" && chmod 111 \"$HOME/bash\" || exit\n"
                    + bash.group(1) + "exec \"$HOME/bash\" -c " + quoted(run) + " " + bash.group(2) + bash.group(3);
        }
        return CLEAN + "mkdir \"$HOME\" || exit\n" + command;
    }

    private static boolean isOwn(GroundTruth truth, String script) {
        return truth.getFiles().stream().anyMatch(file -> file.getPath().equals(script));
    }

    private static List<String> scripts(GroundTruth truth) {
        return truth.getFiles().stream()
                .map(TaskFile::getPath)
                .filter(path -> path.endsWith(".py") && path.matches("[\\w./-]+"))
                .toList();
    }

    /** The names under which the task's own files can be imported. */
    private static String modules(Task task) {
        return task.getFiles().stream()
                .map(file -> file.getPath().replaceFirst("(?:/.*|\\.py)$", ""))
                .filter(name -> name.matches("\\w+"))
                .distinct()
                .collect(Collectors.joining(","));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String resource(String name) {
        try (InputStream in = CheckCommand.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
