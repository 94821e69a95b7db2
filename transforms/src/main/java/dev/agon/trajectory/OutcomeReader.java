package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.fields.Field;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the outcomes that other graders gave to attempts. It reads SWE-bench's reports, of one instance or of a run. It reads Harbor's
 * results of trials. It reads tables as CSV or JSON lines, with a task, an optional trial and one of {@code reward}, {@code resolved}
 * and {@code outcome}. It reads matrices as CSV, with a line for each task and a column of 0 and 1 for each trial. The content shows the
 * kind. Unreadable records are in {@link OutcomesOfFile#bad}, and the others are still read.
 */
public final class OutcomeReader {

    /**
     * @param bytes of the file, UTF-8
     * @param path of the file; names the instance of a report that does not name it itself, by its folder
     */
    public OutcomesOfFile read(byte[] bytes, String path) {
        OutcomeRows rows = new OutcomeRows(path);
        try {
            int start = Utf8.afterByteOrderMark(bytes);
            String beginning = new String(bytes, start, Math.min(bytes.length - start, 100), StandardCharsets.UTF_8);
            if (beginning.stripLeading().startsWith("{")) {
                documents(new JsonDocuments(bytes), rows, path);
            } else {
                Utf8.check(bytes, start, bytes.length);
                OutcomeTable.read(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8), rows);
            }
        } catch (BadTrajectoryException e) {
            rows.bad(e);
        }
        return rows.all();
    }

    private static void documents(JsonDocuments documents, OutcomeRows rows, String path)
            throws BadTrajectoryException {
        while (documents.hasNext()) {
            String place = documents.place();
            try {
                document(Field.of(documents.next(), BadTrajectoryException::new), rows, path);
            } catch (BadTrajectoryException e) {
                rows.bad(place.isEmpty() ? e : e.at(place));
            }
        }
    }

    private static void document(Field<BadTrajectoryException> document, OutcomeRows rows, String path)
            throws BadTrajectoryException {
        JsonNode node = document.node();
        if (node.path("resolved_ids").isArray() || node.has("unresolved_ids")) {
            run(document, rows);
        } else if (node.has("trial_name") && node.has("verifier_result")) {
            harbor(document, rows);
        } else if (node.has("n_total_trials") && node.has("stats")) {
            return; // the file of a whole job of Harbor, beside those of its trials
        } else if (node.has("resolved") && (node.has("instance_id") || node.has("task_id")) || node.has("reward")) {
            row(document, rows);
        } else if (node.has("resolved") || node.has("patch_exists")) {
            instance(instanceOf(path), document, rows);
        } else {
            instances(document, rows);
        }
    }

    /**
     * The {@code result.json} that Harbor writes for each trial: {@code {task_name, trial_name, verifier_result: {rewards: {reward:
     * 1.0}}}}. Of several rewards, {@code reward} is taken, or else the smallest, as when Agon grades such tasks. A trial without
     * rewards was not graded.
     */
    private static void harbor(Field<BadTrajectoryException> result, OutcomeRows rows) throws BadTrajectoryException {
        String trial = result.get("trial_name").presentText("the trial's name");
        String task = result.get("task_name").presentText("the task's name");
        String taskId = TrialName.wholeTask(trial, task);
        var rewards = result.get("verifier_result").get("rewards");
        if (rewards.isAbsent() || rewards.node().isEmpty()) {
            rows.withoutVerdict(List.of(taskId));
            return;
        }
        double smallest = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, JsonNode> reward : rewards.presentObject().node().properties()) {
            var value = rewards.get(reward.getKey());
            smallest = Math.min(smallest, value.number().orElseThrow(() -> value.wrong("a number")));
        }
        double reward = rewards.get("reward").number().orElse(smallest);
        rows.add(taskId, Optional.of(trial), reward >= 1, reward);
    }

    /** One line of a table in JSON. */
    private static void row(Field<BadTrajectoryException> row, OutcomeRows rows) throws BadTrajectoryException {
        var task = row.get(row.node().has("instance_id") ? "instance_id" : "task_id");
        String taskId = task.presentText("the task's id");
        Optional<String> trial = row.get("trial").text();
        var resolved = row.get("resolved");
        var reward = row.get("reward");
        if (reward.isAbsent()) {
            rows.add(taskId, trial, resolved.flag(), resolved.flag() ? 1 : 0);
        } else {
            double value = reward.number().getAsDouble();
            rows.add(taskId, trial, resolved.isAbsent() ? value >= 1 : resolved.flag(), value);
        }
    }

    private static void instances(Field<BadTrajectoryException> report, OutcomeRows rows)
            throws BadTrajectoryException {
        for (var entry : report.presentObject().node().properties()) {
            try {
                instance(entry.getKey(), report.get(entry.getKey()).presentObject(), rows);
            } catch (BadTrajectoryException e) {
                rows.bad(e);
            }
        }
    }

    private static void instance(String id, Field<BadTrajectoryException> report, OutcomeRows rows)
            throws BadTrajectoryException {
        boolean resolved = report.get("resolved").flag();
        rows.add(id, Optional.empty(), resolved, resolved ? 1 : 0);
    }

    private static void run(Field<BadTrajectoryException> report, OutcomeRows rows) throws BadTrajectoryException {
        Set<String> failed = new LinkedHashSet<>();
        add(report, List.of("error_ids", "incomplete_ids"), failed);
        // The harness also lists them as unresolved, and says so itself that it cannot know.
        Set<String> unknown = new LinkedHashSet<>();
        add(report, List.of("infra_failure_ids", "ambiguous_failure_ids"), unknown);
        for (String list : List.of("resolved_ids", "unresolved_ids", "empty_patch_ids")) {
            boolean resolved = list.equals("resolved_ids");
            for (var id : report.get(list).elements()) {
                try {
                    String instance = id.presentText("an instance's id");
                    if (!resolved && unknown.contains(instance)) {
                        continue;
                    }
                    failed.remove(instance);
                    rows.add(instance, Optional.empty(), resolved, resolved ? 1 : 0);
                } catch (BadTrajectoryException e) {
                    rows.bad(e);
                }
            }
        }
        failed.addAll(unknown);
        rows.withoutVerdict(failed);
    }

    private static void add(Field<BadTrajectoryException> report, List<String> lists, Set<String> ids)
            throws BadTrajectoryException {
        for (String list : lists) {
            for (var id : report.get(list).elements()) {
                ids.add(id.presentText("an instance's id"));
            }
        }
    }

    /** Reports of one instance are {@code <instance>/report.json}, or {@code <instance>.json}. */
    private static String instanceOf(String path) {
        String[] names = path.split("/");
        return TrialName.file(path).equals("report") && names.length > 1
                ? names[names.length - 2]
                : TrialName.file(path);
    }
}
