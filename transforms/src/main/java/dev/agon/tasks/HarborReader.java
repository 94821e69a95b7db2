package dev.agon.tasks;

import dev.agon.fields.Field;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.Variable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Harbor's tasks, which are those of Terminal-Bench 2: one folder, or a folder of them.
 *
 * <pre>
 *   instruction.md   what the agent is told
 *   task.toml        limits of time, container; schema_version up to 1.4, or the older version
 *   environment/     Dockerfile and the files that it copies
 *   tests/           hidden: put at /tests once the agent has stopped; test.sh leaves a reward in /logs/verifier
 *   solution/        hidden; solve.sh is run only to check the data set
 * </pre>
 *
 * <p>The id of a task is the name of its folder. Some tasks are read but cannot run: those with several steps, with a container that no
 * sandbox can be, or with tests that fetch what they need.
 */
final class HarborReader implements TaskReader {

    private static final int TESTS_TIMEOUT_S = 600;
    private static final String SETTINGS = "task.toml";
    /** With any other ending, a file of the task's own. */
    private static final String COMPOSE = "docker-compose.yaml";

    private final HostSystem host;

    /** @param host what sandboxes see of this machine */
    HarborReader(HostSystem host) {
        this.host = host;
    }

    @Override
    public String format() {
        return "harbor";
    }

    @Override
    public TaskSet read(Path path) throws BadInputException {
        return TaskFolders.read(path, format(), SETTINGS, this::read);
    }

    private ReadTask read(Path path, String name, String dataSet, String place) throws BadRecordException {
        TaskFolder folder = new TaskFolder(path);
        var settings = folder.settings(SETTINGS);
        String id = TaskContent.checkedId("the folder's name", name);
        boolean steps = !settings.get("steps").isAbsent() || folder.has("steps");
        if (steps && !folder.has("instruction.md")) {
            throw new BadRecordException("the task has several steps, each with an instruction of its own: only tasks"
                    + " of one step, with an instruction.md, are read");
        }
        String statement = folder.filledText("instruction.md");
        List<TaskFile> tests = folder.files("tests");
        if (tests.stream().noneMatch(file -> file.getPath().equals("test.sh"))) {
            throw new BadRecordException("tests/test.sh is missing: it grades the task");
        }
        ContainerEnvironment environment = environment(folder, settings);
        String image = environment.obstacle() == null
                ? null
                : settings.at("environment.docker_image").textOr(null);
        List<Variable> own = variables(settings.at("environment.env"));
        List<Variable> graders = variables(settings.at("verifier.env"));
        Task.Builder task = ContainerTask.task(id, dataSet, place, statement, environment)
                .setImage(image)
                .setWallTimeS(ContainerTask.seconds(settings.at("agent.timeout_sec"), null))
                .setEnvironment(ContainerTask.merged(environment.variables(), own));
        GroundTruth truth = ContainerTask.truth(
                        id, tests, graders, "chmod +x /tests/test.sh; /tests/test.sh", "/logs/verifier/test-stdout.txt")
                .setVerdict("reward")
                .setTimeoutS(ContainerTask.seconds(settings.at("verifier.timeout_sec"), TESTS_TIMEOUT_S))
                .build();
        String obstacle = ContainerTask.obstacle(List.of(
                steps ? Optional.of("has several steps, of which only one can run") : Optional.empty(),
                image == null ? Optional.ofNullable(environment.obstacle()) : Optional.empty(),
                beyond(settings),
                unknown(own),
                unknown(graders),
                image == null ? HiddenScripts.obstacle(tests) : Optional.empty()));
        return new ReadTask(
                TaskContent.hashed(task),
                truth,
                obstacle,
                () -> ReferenceSolution.ofScript(new TaskFolder(path).files("solution"), "/solution", "solve.sh"));
    }

    private ContainerEnvironment environment(TaskFolder folder, Field<BadRecordException> settings)
            throws BadRecordException {
        String workdir = settings.at("environment.workdir").textOr(null);
        if (folder.has("environment/" + COMPOSE)) {
            return ContainerEnvironment.beyond("needs the containers of its " + COMPOSE);
        }
        if (!folder.has("environment/Dockerfile")) {
            if (settings.at("environment.docker_image").isAbsent()) {
                throw new BadRecordException("environment/Dockerfile is missing, and task.toml names no"
                        + " environment.docker_image: nothing says what the task runs in");
            }
            return new ContainerEnvironment(
                    workdir == null ? ContainerEnvironment.ELSEWHERE : workdir,
                    List.of(),
                    List.of(),
                    "needs its container image");
        }
        List<TaskFile> context;
        try {
            context = folder.files("environment");
        } catch (BadRecordException e) {
            return ContainerEnvironment.beyond("has an environment that cannot be laid out here: " + e.getMessage());
        }
        return Dockerfile.read(folder.text("environment/Dockerfile"), workdir, context, host);
    }

    private static Optional<String> beyond(Field<BadRecordException> settings) throws BadRecordException {
        var environment = settings.get("environment");
        String os = environment.get("os").textOr("linux");
        if (environment.get("gpus").number().orElse(0) > 0) {
            return Optional.of("needs a GPU");
        }
        if (!os.equalsIgnoreCase("linux")) {
            return Optional.of("needs the operating system " + os);
        }
        if (!environment.get("healthcheck").isAbsent()) {
            return Optional.of("needs a service that runs beside the agent (environment.healthcheck)");
        }
        if (settings.at("verifier.environment_mode").textOr("").equals("separate")) {
            return Optional.of("is graded in a container of its own (verifier.environment_mode)");
        }
        return Optional.empty();
    }

    private static List<Variable> variables(Field<BadRecordException> table) throws BadRecordException {
        return table.textByName().entrySet().stream()
                .map(entry -> new Variable(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Why a variable has no value here: it is a variable of the machine, which is usually a secret, and no sandbox gets one. */
    private static Optional<String> unknown(List<Variable> variables) {
        return variables.stream()
                .filter(variable -> variable.getValue().contains("${"))
                .findFirst()
                .map(variable ->
                        "needs a variable of this machine in " + variable.getName() + ", which no sandbox gets");
    }
}
