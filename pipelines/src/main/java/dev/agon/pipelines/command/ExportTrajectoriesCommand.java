package dev.agon.pipelines.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.output.RolloutTable;
import dev.agon.pipelines.output.StoredTable;
import dev.agon.schemas.Grade;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.TableName;
import dev.agon.schemas.TaskRow;
import dev.agon.trajectory.AtifWriter;
import dev.agon.trajectory.MiniSweAgentWriter;
import dev.agon.trajectory.TrajectoryWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agon export trajectories}: rollouts of a run as files of another format, one for each. */
@Command(
        name = "trajectories",
        description = "Writes rollouts as trajectories of another format, a file each.",
        mixinStandardHelpOptions = true)
final class ExportTrajectoriesCommand implements Callable<Integer> {

    private static final List<TrajectoryWriter> WRITERS = List.of(new MiniSweAgentWriter(), new AtifWriter());
    private static final String HARBOR = "harbor";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "DIR", description = "the folder of a run")
    private Path run;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "mini-swe-agent, atif, or harbor: a result.json with the grade instead of the trajectory")
    private String format;

    @Option(names = "--rollout", paramLabel = "ID", split = ",", description = "only these (default: all)")
    private Set<String> ids;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder for the files")
    private Path out;

    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, Grade> grades = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    @Override
    public Integer call() throws Exception {
        Optional<TrajectoryWriter> writer = writer();
        checkIds();
        StoredTable.of(run, TableName.TASKS, TaskRow.class)
                .forEach(task -> statements.put(task.getTaskId(), task.getStatement()));
        if (writer.isEmpty()) {
            StoredTable.of(run, TableName.GRADES, Grade.class)
                    .forEach(grade -> grades.put(grade.getRolloutId(), grade));
        }
        Files.createDirectories(out);
        if (ids == null) {
            RolloutTable.of(run).forEach(rollout -> write(rollout, writer));
        } else {
            for (String id : ids) {
                write(RolloutTable.find(run, id).orElseThrow(), writer);
            }
        }
        System.out.printf("%d rollouts are in %s.%n", names.size(), out);
        return Agon.DONE;
    }

    private void write(Rollout rollout, Optional<TrajectoryWriter> writer) throws IOException {
        if (writer.isPresent()) {
            Path file = writer.get()
                    .folder(rollout)
                    .map(out::resolve)
                    .orElse(out)
                    .resolve(free(writer.get().fileName(rollout)));
            String statement = statements.getOrDefault(rollout.getTaskId(), "");
            Files.createDirectories(file.getParent());
            ObjectNode document = writer.get().write(rollout, statement);
            writer.get().nameTask(document, rollout);
            Files.write(file, JSON.writeValueAsBytes(document));
        } else {
            Path folder = out.resolve(free(TrajectoryWriter.name(rollout)));
            Files.createDirectories(folder);
            Files.write(
                    folder.resolve("result.json"),
                    JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsBytes(
                                    HarborResult.of(rollout, Optional.ofNullable(grades.get(rollout.getRolloutId())))));
        }
    }

    /** A name that no other file has. Names that would be the same get a number. */
    private String free(String name) {
        String free = name;
        for (int number = 2; !names.add(free); number++) {
            free = number + "." + name;
        }
        return free;
    }

    private Optional<TrajectoryWriter> writer() throws ConfigException {
        Optional<TrajectoryWriter> writer =
                WRITERS.stream().filter(each -> each.format().equals(format)).findFirst();
        if (writer.isEmpty() && !format.equals(HARBOR)) {
            throw new ConfigException("--format " + format + " is not known: give one of "
                    + Stream.concat(WRITERS.stream().map(TrajectoryWriter::format), Stream.of(HARBOR))
                            .collect(Collectors.joining(", ")));
        }
        return writer;
    }

    private void checkIds() throws IOException, ConfigException {
        Set<String> known = RolloutTable.ids(run);
        if (known.isEmpty()) {
            throw new ConfigException(run + " holds no rollouts; give the output folder of a run");
        }
        if (ids != null && !known.containsAll(ids)) {
            Set<String> unknown = new TreeSet<>(ids);
            unknown.removeAll(known);
            throw new ConfigException(run + " has no rollout " + String.join(", ", unknown)
                    + ": its rollouts are named like " + known.iterator().next());
        }
    }
}
