package dev.agon.tournament;

import dev.agon.model.ChatMessage;
import dev.agon.prompts.Fence;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Prompts;
import dev.agon.prompts.Template;
import dev.agon.schemas.Contender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The question of one vote: the task, and what is known of each candidate, between fences that the candidates cannot close. */
record JudgePrompt(Template system, Template question, Template repair) {

    static JudgePrompt of(Prompts prompts) {
        return new JudgePrompt(
                prompts.get(Prompt.JUDGE_SYSTEM), prompts.get(Prompt.JUDGE), prompts.get(Prompt.JUDGE_REPAIR));
    }

    List<ChatMessage> ask(List<Contender> shown) {
        String statement = shown.get(0).getStatement();
        List<String> texts = shown.stream().map(Contender::getText).collect(Collectors.toList());
        List<String> evidence = shown.stream()
                .map(Contender::getEvidence)
                .filter(Objects::nonNull)
                .collect(Collectors.toList());
        // Sorted, so that votes in other orders share the prompt up to the first candidate.
        List<String> fenced = new ArrayList<>(List.of(statement, sorted(texts)));
        Map<String, Object> values = new HashMap<>();
        values.put("statement", statement);
        values.put("candidates", texts);
        values.put("evidence", null);
        if (evidence.size() == shown.size()) {
            values.put("evidence", evidence);
            fenced.add(sorted(evidence));
        }
        values.put("fence", Fence.around(fenced));
        return List.of(ChatMessage.system(system.render(Map.of())), ChatMessage.user(question.render(values)));
    }

    private static String sorted(List<String> texts) {
        return texts.stream().sorted().collect(Collectors.joining("\n"));
    }
}
