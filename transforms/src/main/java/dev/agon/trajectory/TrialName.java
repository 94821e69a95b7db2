package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of task and attempt, taken from the place of a file.
 *
 * @param task the task: what stands before the random end of the attempt's name ({@code <task>__<7 letters and digits>}, as Harbor names
 *     trials), otherwise the folder
 * @param trial the attempt: the file, or the nearest folder that is not called after what every attempt has
 */
record TrialName(String task, String trial) {

    private static final List<String> ENDINGS =
            List.of(".gz", ".json", ".jsonl", ".atif", "_trajectory", ".trajectory", "-trajectory");
    private static final List<String> TRAJ_ENDINGS = List.of(".traj.json", ".traj", ".json");
    private static final Set<String> EVERYWHERE = Set.of("trajectory", "agent", "agent-logs", "agent_logs", "logs");
    private static final Logger LOG = LoggerFactory.getLogger(TrialName.class);
    /** Characters of a task's name in the name of a trial. */
    private static final int LONGEST_IN_TRIAL = 32;

    private static final Pattern TRIAL = Pattern.compile("(.+)__[A-Za-z0-9]{7}");

    static TrialName of(String path) {
        String[] names = path.split("/+");
        int at = names.length - 1;
        String trial = stem(names[at]);
        while (EVERYWHERE.contains(trial) && at > 0 && !names[at - 1].isEmpty()) {
            at--;
            trial = names[at];
        }
        if (taskOfTrial(trial).isEmpty()) {
            trial = trialAbove(path).orElse(trial);
        }
        String folder = at > 0 ? names[at - 1] : "";
        return new TrialName(taskOfTrial(trial).orElse(folder.isEmpty() ? trial : folder), trial);
    }

    /**
     * The names, with the task's whole name where Harbor's {@code result.json} stands beside the trajectory or above it: in the name of a
     * trial it is cut after 32 characters, and attempts at two tasks would be attempts at one.
     */
    static TrialName of(TrajectoryFile file) {
        TrialName names = of(file.path());
        if (taskOfTrial(names.trial()).isEmpty()) {
            return names;
        }
        Optional<JsonNode> result = file.trialResult()
                .flatMap(TrialName::read)
                .filter(found -> found.path("trial_name").asText().equals(names.trial()));
        if (result.isPresent()) {
            return new TrialName(
                    wholeTask(names.trial(), result.get().path("task_name").asText()), names.trial());
        }
        if (names.task().length() == LONGEST_IN_TRIAL) {
            LOG.warn(
                    "{}: the task's name `{}` may be cut, as Harbor cuts it in the name of a trial, and no result.json has the whole:"
                            + " attempts at other tasks may be taken for attempts at this one",
                    file.path(),
                    names.task());
        }
        return names;
    }

    private static Optional<JsonNode> read(byte[] result) {
        try {
            return Optional.of(new JsonDocuments(result).next());
        } catch (BadTrajectoryException e) {
            return Optional.empty();
        }
    }

    /** The task of one of Harbor's trials, whose name begins with it or with the beginning of it. */
    static String wholeTask(String trial, String taskName) {
        String task = taskOfTrial(trial).orElse(taskName);
        String name = taskName.substring(taskName.lastIndexOf('/') + 1);
        return name.startsWith(task) ? name : task;
    }

    /** The nearest folder with a name of Harbor's trials; empty when there is none. */
    static Optional<String> trialAbove(String path) {
        String[] names = path.split("/+");
        for (int at = names.length - 2; at >= 0; at--) {
            if (taskOfTrial(names[at]).isPresent()) {
                return Optional.of(names[at]);
            }
        }
        return Optional.empty();
    }

    /** The task in the name of one of Harbor's trials; empty for another kind of name. */
    static Optional<String> taskOfTrial(String trial) {
        Matcher told = TRIAL.matcher(trial);
        return told.matches() ? Optional.of(told.group(1)) : Optional.empty();
    }

    private static String stem(String name) {
        String stem = name;
        for (String ending : ENDINGS) {
            if (stem.endsWith(ending) && stem.length() > ending.length()) {
                stem = stem.substring(0, stem.length() - ending.length());
            }
        }
        return stem;
    }

    /** Name of a file without its ending, as mini-swe-agent and SWE-agent name files. */
    static String file(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return TRAJ_ENDINGS.stream()
                .filter(ending -> name.endsWith(ending) && name.length() > ending.length())
                .map(ending -> name.substring(0, name.length() - ending.length()))
                .findFirst()
                .orElse(name);
    }

    /**
     * The file's name or, where files and folders are called after their task as benchmark runs do it, the nearest folder that is not: the
     * run's, which tells the attempts at one task apart.
     */
    static String of(String taskId, String path) {
        String name = file(path);
        String folders = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        while (name.equals(taskId) && !folders.isEmpty()) {
            name = folders.substring(folders.lastIndexOf('/') + 1);
            folders = folders.substring(0, Math.max(0, folders.lastIndexOf('/')));
        }
        return name.isEmpty() ? taskId : name;
    }
}
