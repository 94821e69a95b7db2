package dev.agon.trajectory;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The task's own statement, taken from the prompt that the template of an agent made of it. */
final class TaskStatement {

    /** As the templates of mini-swe-agent, SWE-agent, Terminus and Agon mark it; the first that matches is taken. */
    private static final List<Pattern> MARKED = List.of(
            marked("<pr_description>\\s*+(?:Consider the following PR description:)?", "</pr_description>"),
            marked("<task>", "</task>"),
            marked("<task_description>", "</task_description>"),
            marked("<issue>", "</issue>"),
            marked("\\bISSUE:[ \\t\\r]*+\\n", "\\n[ \\t]*+INSTRUCTIONS:"),
            marked(
                    "\\APlease solve this (?:issue|task):",
                    "\\n[ \\t]*+You can execute (?:bash )?commands and edit files\\b|\\n#++ |\\z"),
            marked("\\nTask Description:", "\\n[ \\t]*+Current terminal state:"),
            marked("\\AYour task:", "\\. Please reply with a single shell command\\b"));

    private TaskStatement() {}

    /** The marked statement, or the whole prompt when nothing is marked. */
    static String in(String prompt) {
        for (Pattern pattern : MARKED) {
            Matcher matcher = pattern.matcher(prompt);
            if (matcher.find() && matcher.group(2) == null && !matcher.group(1).isBlank()) {
                return matcher.group(1).strip();
            }
        }
        return prompt;
    }

    /** Without an end the second group is there: the search does not begin again at each further start. */
    private static Pattern marked(String start, String end) {
        return Pattern.compile(start + "(.*?)(?:" + end + "|(\\z))", Pattern.DOTALL);
    }
}
