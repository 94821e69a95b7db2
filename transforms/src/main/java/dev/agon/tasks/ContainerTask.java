package dev.agon.tasks;

import dev.agon.fields.Field;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What Harbor and Terminal-Bench tasks have in common. Both have a container. When the agent has stopped, the tests are put into the
 * same container at {@code /tests} and run there.
 */
final class ContainerTask {

    /** The folders of the tests and of their results. */
    private static final List<String> FOLDERS = List.of("/tests", "/logs");

    private ContainerTask() {}

    /** A check that runs a script at {@code /tests}, writes its output into a file, and prints the end of that file. */
    static GroundTruth.Builder truth(
            String taskId, List<TaskFile> tests, List<Variable> variables, String script, String log) {
        StringBuilder command = new StringBuilder("mkdir -p /logs/verifier /logs/agent /logs/artifacts\n");
        for (Variable variable : variables) {
            command.append("export ")
                    .append(variable.getName())
                    .append("='")
                    .append(variable.getValue().replace("'", "'\\''"))
                    .append("'\n");
        }
        // Into a file, since a command that prints too much is stopped.
        command.append(script)
                .append(" > ")
                .append(log)
                .append(" 2>&1\ncode=$?\ntail -c 100000 ")
                .append(log)
                .append("\nexit $code\n");
        return GroundTruth.newBuilder()
                .setTaskId(taskId)
                .setFiles(tests)
                .setFilesFolder("/tests")
                .setFolders(FOLDERS)
                .setCommand(command.toString())
                .setSandbox("rollout");
    }

    /** The task as the agent sees it. */
    static Task.Builder task(
            String taskId, String dataSet, String place, String statement, ContainerEnvironment environment) {
        return Task.newBuilder()
                .setTaskId(taskId)
                .setDataSet(dataSet)
                .setSource(place)
                .setStatement(statement)
                .setWorkdir(environment.workdir())
                .setFiles(environment.files())
                .setEnvironment(environment.variables());
    }

    /** A limit of time in whole seconds, rounded up. */
    static Integer seconds(Field<BadRecordException> limit, Integer absent) throws BadRecordException {
        OptionalDouble seconds = limit.number(s -> s > 0 && s <= Integer.MAX_VALUE, "seconds, more than 0");
        return seconds.isPresent() ? Integer.valueOf((int) Math.ceil(seconds.getAsDouble())) : absent;
    }

    /** The first reason why the task cannot run; null when there is none. */
    static String obstacle(List<Optional<String>> reasons) {
        return reasons.stream().flatMap(Optional::stream).findFirst().orElse(null);
    }

    /** The variables of both lists. Of two with the same name, the second is taken. */
    static List<Variable> merged(List<Variable> first, List<Variable> second) {
        List<Variable> all = new ArrayList<>(first);
        for (Variable variable : second) {
            all.removeIf(other -> other.getName().equals(variable.getName()));
            all.add(variable);
        }
        return all;
    }
}
