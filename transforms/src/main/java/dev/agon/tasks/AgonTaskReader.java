package dev.agon.tasks;

import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Agon's own format: a folder of task folders, read in the order of their names.
 *
 * <pre>
 *   task.yaml      id, check, hidden {run, marker, timeout_s, sandbox}, workdir, image; only hidden.run is required
 *   statement.md   the problem statement
 *   files/         the working files
 *   hidden/        files laid over the working folder before hidden.run; no agent sees them
 * </pre>
 *
 * <p>The reference solution, {@code solution/}, is read only to check the data set. It replaces working files. Other files in a task
 * folder are not read. Plain files beside the task folders are no tasks, nor are
 * folders whose names start with a dot.
 */
final class AgonTaskReader implements TaskReader {

    private static final String DEFAULT_WORKDIR = "/work";
    private static final List<String> SANDBOXES = List.of("fresh", "rollout");

    @Override
    public String format() {
        return "agon";
    }

    @Override
    public TaskSet read(Path path) throws BadInputException {
        if (!Files.isDirectory(path)) {
            throw new BadInputException(path + (Files.exists(path) ? " is a file" : " does not exist")
                    + ": tasks.path must be a folder of task folders");
        }
        if (Files.exists(path.resolve("task.yaml"))) {
            throw new BadInputException(
                    path
                            + " is one task: tasks.path must be the folder that holds the task folders (--tasks picks one of them)");
        }
        String dataSet = "agon:" + path.toAbsolutePath().normalize().getFileName();
        TaskSetBuilder tasks = new TaskSetBuilder(path.toString());
        for (Path folder : TaskFolders.below(path)) {
            String name = folder.getFileName().toString();
            String place = path + ":" + name;
            try {
                tasks.add(place, read(folder, name, dataSet, place));
            } catch (BadRecordException e) {
                tasks.reject(place, null, e.getMessage());
            }
        }
        return tasks.build();
    }

    private static ReadTask read(Path path, String name, String dataSet, String place) throws BadRecordException {
        TaskFolder folder = new TaskFolder(path);
        AgonTaskYaml yaml = AgonTaskYaml.parse(folder.text("task.yaml"));
        String id = TaskContent.checkedId(
                yaml.id() == null ? "the folder's name" : "task.yaml: id", yaml.id() == null ? name : yaml.id());
        Task task = TaskContent.hashed(Task.newBuilder()
                .setTaskId(id)
                .setDataSet(dataSet)
                .setSource(place)
                .setStatement(statement(folder))
                .setWorkdir(workdir(yaml.workdir()))
                .setFiles(folder.files("files"))
                .setVisibleCheck(yaml.check() == null ? null : nonBlank("check", yaml.check()))
                .setImage(yaml.image()));
        return new ReadTask(
                task,
                truth(id, yaml.hidden(), folder),
                () -> ReferenceSolution.ofFiles(new TaskFolder(path).files("solution")));
    }

    private static GroundTruth truth(String id, AgonTaskYaml.Hidden hidden, TaskFolder folder)
            throws BadRecordException {
        if (hidden == null || hidden.run() == null) {
            throw new BadRecordException(
                    "task.yaml: `hidden.run` is missing: expected the shell command of the hidden check");
        }
        GroundTruth.Builder truth = GroundTruth.newBuilder()
                .setTaskId(id)
                .setFiles(folder.files("hidden"))
                .setCommand(nonBlank("hidden.run", hidden.run()))
                .setMarker(hidden.marker());
        if (hidden.timeout_s() != null) {
            if (hidden.timeout_s() < 1) {
                throw new BadRecordException(
                        "task.yaml: `hidden.timeout_s` is " + hidden.timeout_s() + ": expected seconds, 1 or more");
            }
            truth.setTimeoutS(hidden.timeout_s());
        }
        if (hidden.sandbox() != null) {
            if (!SANDBOXES.contains(hidden.sandbox())) {
                throw new BadRecordException(
                        "task.yaml: `hidden.sandbox` is `" + hidden.sandbox() + "`: expected one of " + SANDBOXES);
            }
            truth.setSandbox(hidden.sandbox());
        }
        return truth.build();
    }

    private static String statement(TaskFolder folder) throws BadRecordException {
        String statement = folder.text("statement.md").strip();
        if (statement.isEmpty()) {
            throw new BadRecordException("statement.md is empty: expected the problem statement");
        }
        return statement;
    }

    private static String workdir(String workdir) throws BadRecordException {
        if (workdir == null) {
            return DEFAULT_WORKDIR;
        }
        if (!workdir.matches("(/[^/\\p{Cntrl}]++)++")
                || !workdir.equals(Path.of(workdir).normalize().toString())) {
            throw new BadRecordException(
                    "task.yaml: `workdir` is `" + workdir + "`: expected an absolute path below `/`, without `..`");
        }
        return workdir;
    }

    private static String nonBlank(String key, String value) throws BadRecordException {
        if (value.isBlank()) {
            throw new BadRecordException("task.yaml: `" + key + "` is blank: expected a shell command");
        }
        return value;
    }
}
