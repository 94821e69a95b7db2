package dev.agon.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tasks of Terminal-Bench 1: one folder, or a folder of them.
 *
 * <pre>
 *   task.yaml             instruction, limits of time, how the tests' output is read
 *   docker-compose.yaml   the container; there may be one service only, called client
 *   Dockerfile            what the container starts from, with the files that it copies
 *   run-tests.sh, tests/  hidden: put at /tests once the agent has stopped
 *   solution.sh           hidden; run only to check the data set
 * </pre>
 */
final class TerminalBenchReader implements TaskReader {

    private static final String SETTINGS = "task.yaml";
    private static final String COMPOSE = "docker-compose.yaml";
    private static final int AGENT_TIMEOUT_S = 360;
    private static final int TESTS_TIMEOUT_S = 60;
    /** Files that the Dockerfile must not copy, although it copies from the same folder. */
    private static final Set<String> HIDDEN =
            Set.of("tests", "run-tests.sh", "solution.sh", "solution.yaml", "solution", SETTINGS, COMPOSE);

    private static final Set<String> KEYS =
            Set.of("build", "image", "container_name", "command", "environment", "volumes");

    private final HostSystem host;

    /** @param host what sandboxes see of this machine */
    TerminalBenchReader(HostSystem host) {
        this.host = host;
    }

    @Override
    public String format() {
        return "terminal-bench";
    }

    @Override
    public TaskSet read(Path path) throws BadInputException {
        return TaskFolders.read(path, format(), SETTINGS, this::read);
    }

    private ReadTask read(Path path, String name, String dataSet, String place) throws BadRecordException {
        TaskFolder folder = new TaskFolder(path);
        var settings = folder.settings(SETTINGS);
        String id = TaskContent.checkedId("the folder's name", name);
        String statement = settings.get("instruction").filledText();
        List<TaskFile> tests = new ArrayList<>(folder.files("tests"));
        tests.removeIf(file -> file.getPath().equals("run-tests.sh"));
        tests.add(folder.file("run-tests.sh"));
        tests.sort(Comparator.comparing(TaskFile::getPath));
        ContainerEnvironment environment = environment(folder);
        Task.Builder task = ContainerTask.task(id, dataSet, place, statement.strip(), environment)
                .setWallTimeS(ContainerTask.seconds(settings.get("max_agent_timeout_sec"), AGENT_TIMEOUT_S));
        GroundTruth truth = ContainerTask.truth(
                        id,
                        tests,
                        List.of(new Variable("TEST_DIR", "/tests")),
                        "bash /tests/run-tests.sh",
                        "/logs/run-tests.txt")
                .setVerdict("pytest")
                .setTimeoutS(ContainerTask.seconds(settings.get("max_test_timeout_sec"), TESTS_TIMEOUT_S))
                .build();
        String parser = settings.get("parser_name").textOr("pytest");
        String obstacle = ContainerTask.obstacle(List.of(
                parser.equals("pytest")
                        ? Optional.empty()
                        : Optional.of(
                                "has tests whose output is read by `" + parser + "`, and only pytest's is read here"),
                Optional.ofNullable(environment.obstacle()),
                HiddenScripts.obstacle(tests)));
        return new ReadTask(TaskContent.hashed(task), truth, obstacle, () -> solution(new TaskFolder(path)));
    }

    private static Optional<ReferenceSolution> solution(TaskFolder folder) throws BadRecordException {
        return folder.has("solution.sh")
                ? ReferenceSolution.ofScript(List.of(folder.file("solution.sh")), "/oracle", "solution.sh")
                : Optional.empty();
    }

    private ContainerEnvironment environment(TaskFolder folder) throws BadRecordException {
        Optional<String> more = folder.has(COMPOSE)
                ? moreThanOne(folder.settings(COMPOSE).node().path("services"))
                : Optional.empty();
        if (more.isPresent()) {
            return ContainerEnvironment.beyond(more.get());
        }
        List<TaskFile> context;
        String dockerfile = folder.text("Dockerfile");
        try {
            context = folder.filesBut(HIDDEN);
        } catch (BadRecordException e) {
            return ContainerEnvironment.beyond("has an environment that cannot be laid out here: " + e.getMessage());
        }
        return Dockerfile.read(dockerfile, null, context, host);
    }

    /** What the compose file needs beyond one plain container; empty when it needs no more. */
    private static Optional<String> moreThanOne(JsonNode services) {
        if (services.size() != 1 || !services.has("client")) {
            return Optional.of("needs the containers of its " + COMPOSE);
        }
        return services.get("client").properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .map(key -> "has a container with `" + key + "` in its " + COMPOSE + ", which sandboxes do not have");
    }
}
