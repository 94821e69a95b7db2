package dev.agon.repair;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatMessage.Speaker;
import dev.agon.model.ChatRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The policy as a summariser: it reads the trajectory in the prompt and answers with the JSON object that the prompt asks for. It
 * claims only what the record shows. When the prompt limits the words, the earliest failed edits are left out first.
 */
final class RepairSummarizer {

    private static final Pattern TASK_FENCE = Pattern.compile("<task fence=\"([^\"]+)\">");
    private static final Pattern WORDS = Pattern.compile("at most (\\d{1,9}) words");
    private static final Pattern CHANGED = Pattern.compile("^\\+\\+\\+ (?:b/)?([^\\t\\n]+)", Pattern.MULTILINE);

    String reply(ChatRequest request) {
        String prompt = request.messages().stream()
                .filter(message -> message.speaker() == Speaker.USER)
                .map(ChatMessage::content)
                .findFirst()
                .orElse("");
        Matcher fence = TASK_FENCE.matcher(prompt);
        String mark = fence.find() ? fence.group(1) : "";
        List<String> traces = TaskPrompt.fenced(prompt, "attempt", mark);
        TrajectoryDigest digest = TrajectoryDigest.of(traces.isEmpty() ? prompt : traces.get(0));
        Set<String> files = new LinkedHashSet<>();
        for (String change : TaskPrompt.fenced(prompt, "change", mark)) {
            CHANGED.matcher(change).results().map(match -> match.group(1)).forEach(files::add);
        }
        Matcher words = WORDS.matcher(prompt);
        int limit = Integer.MAX_VALUE;
        while (words.find()) {
            limit = Integer.parseInt(words.group(1));
        }
        return json(digest, files, limit).toString();
    }

    private static ObjectNode json(TrajectoryDigest digest, Set<String> files, int limit) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "hypotheses", digest.hypotheses());
        put(json, "actions", digest.actions());
        put(json, "evidence", digest.evidence());
        put(json, "files_changed", List.copyOf(files));
        json.put("progress", digest.progress());
        put(json, "open_questions", digest.openQuestions());
        json.put("outcome", digest.outcome());
        int left = limit - words(json.toString());
        List<String> failures = digest.failureModes();
        int from = failures.size();
        while (from > 0 && words(failures.get(from - 1)) <= left) {
            left -= words(failures.get(--from));
        }
        put(json, "failure_modes", failures.subList(from, failures.size()));
        return json;
    }

    private static void put(ObjectNode json, String key, List<String> items) {
        ArrayNode array = json.putArray(key);
        items.forEach(array::add);
    }

    private static int words(String text) {
        return text.split("\\s+").length;
    }
}
