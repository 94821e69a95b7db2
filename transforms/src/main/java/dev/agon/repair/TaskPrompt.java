package dev.agon.repair;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatMessage.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The task of an agent, read from the beginning of its conversation.
 *
 * @param statement the task, without the earlier attempts
 * @param visibleCheck command of the check that the agent may run
 * @param stepLimit most steps
 * @param fence word after the three backticks that open a command
 * @param attempts texts about earlier attempts, in order
 */
record TaskPrompt(String statement, Optional<String> visibleCheck, int stepLimit, String fence, List<String> attempts) {

    private static final Pattern CHECK =
            Pattern.compile("<visible_check>(.*?)(?:</visible_check>|(\\z))", Pattern.DOTALL);
    private static final Pattern STEPS = Pattern.compile("You have (\\d+) steps");
    private static final Pattern FENCE = Pattern.compile("```(\\w*bash\\w*)");
    private static final Pattern ATTEMPTS = Pattern.compile("<earlier_attempts fence=\"([^\"]+)\">");
    private static final int USUAL_STEPS = 30;

    static TaskPrompt of(List<ChatMessage> messages) {
        String system = messages.isEmpty() || messages.get(0).speaker() != Speaker.SYSTEM
                ? ""
                : messages.get(0).content();
        String prompt = messages.stream()
                .filter(message -> message.speaker() == Speaker.USER)
                .map(ChatMessage::content)
                .findFirst()
                .orElse("");
        Matcher attempts = ATTEMPTS.matcher(prompt);
        boolean refined = attempts.find();
        String head = refined ? prompt.substring(0, attempts.start()) : prompt;
        Matcher fence = FENCE.matcher(system + "\n" + prompt);
        Matcher steps = STEPS.matcher(prompt);
        int stepLimit = USUAL_STEPS;
        while (steps.find()) {
            stepLimit = steps.group(1).length() > 6 ? USUAL_STEPS : Integer.parseInt(steps.group(1));
        }
        Optional<String> check = Optional.empty();
        Matcher checks = CHECK.matcher(head);
        while (checks.find()) {
            check = checks.group(2) == null ? Optional.of(checks.group(1).strip()) : check;
        }
        return new TaskPrompt(
                statement(head),
                check,
                stepLimit,
                fence.find() ? fence.group(1) : "mswea_bash_command",
                refined ? fenced(prompt, "attempt", attempts.group(1)) : List.of());
    }

    /** The texts between {@code <tag … fence="F">} and {@code </tag fence="F">}. Other fences are part of the text. */
    static List<String> fenced(String text, String tag, String fence) {
        Matcher opening = Pattern.compile(
                        "<" + tag + "(?: (?!fence=)[a-z]+=\"[^\"]*\")*+ fence=\"" + Pattern.quote(fence) + "\">\\n?")
                .matcher(text);
        String closing = "</" + tag + " fence=\"" + fence + "\">";
        List<String> parts = new ArrayList<>();
        for (int from = 0; opening.find(from); ) {
            int end = text.indexOf(closing, opening.end());
            if (end < 0) {
                break;
            }
            String part = text.substring(opening.end(), end);
            parts.add(part.endsWith("\n") ? part.substring(0, part.length() - 1) : part);
            from = end + closing.length();
        }
        return parts;
    }

    private static String statement(String head) {
        int open = head.indexOf("<task>");
        int start = open < 0 ? 0 : open + "<task>".length();
        int check = head.lastIndexOf("<visible_check>");
        int end = check < 0 ? head.lastIndexOf("</task>") : check;
        return head.substring(start, end < start ? head.length() : end).strip();
    }
}
