package dev.agon.summarize;

import dev.agon.evidence.KnownFacts;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Ids;
import dev.agon.trajectory.Trajectory;
import dev.agon.trajectory.TrajectoryFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The real attempts of a corpus, each with its outcome and with what the harness knows of it in a replay. */
final class RealTrajectories {

    /** @param contender what the judge may know of it */
    record Attempted(boolean resolved, Contender contender) {}

    private RealTrajectories() {}

    /** By task, in the order of the trials' names. */
    static Map<String, List<Attempted>> of(String archive) throws IOException {
        Map<String, List<Trajectory>> tasks = new TreeMap<>();
        for (Trajectory trajectory : WholeTrajectoriesTest.trajectories(archive)) {
            tasks.computeIfAbsent(trajectory.taskId(), task -> new ArrayList<>())
                    .add(trajectory);
        }
        Map<String, List<Attempted>> attempted = new TreeMap<>();
        for (Map.Entry<String, List<Trajectory>> task : tasks.entrySet()) {
            task.getValue().sort(Comparator.comparing(Trajectory::trial));
            attempted.put(task.getKey(), ofTask(task.getValue()));
        }
        return attempted;
    }

    private static List<Attempted> ofTask(List<Trajectory> trajectories) {
        List<Attempted> attempted = new ArrayList<>();
        for (int index = 0; index < trajectories.size(); index++) {
            Trajectory trajectory = trajectories.get(index);
            Contender contender = Contender.newBuilder()
                    .setRolloutId(Ids.rolloutId(trajectory.taskId(), 0, index))
                    .setTaskId(trajectory.taskId())
                    .setIteration(0)
                    .setIndex(index)
                    .setStatement(trajectory.statement())
                    .setText("")
                    .setFacts(KnownFacts.of(trajectory.rollout(), null))
                    .build();
            attempted.add(new Attempted(trajectory.reward().orElseThrow() >= 1, contender));
        }
        return attempted;
    }

    static TrajectoryFile alone(String path) {
        return new TrajectoryFile() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public byte[] near(String reference) throws IOException {
                throw new IOException("no file refers to another here");
            }
        };
    }
}
