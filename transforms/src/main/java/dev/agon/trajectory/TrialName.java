package dev.agon.trajectory;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
