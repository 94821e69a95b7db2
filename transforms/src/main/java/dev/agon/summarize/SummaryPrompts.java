package dev.agon.summarize;

import dev.agon.model.ChatMessage;
import dev.agon.prompts.Excerpt;
import dev.agon.prompts.Fence;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Prompts;
import dev.agon.prompts.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The questions of a summariser, no longer than its model can read. Text of a rollout stands between fences that it cannot close. A
 * trajectory that finds no room in one question is summarised in parts: this is Agon's own, the paper (arXiv 2604.16529) has none.
 */
final class SummaryPrompts {

    /** The fewest characters that a token has on average. English and code have about four. */
    private static final long CHARACTERS_PER_TOKEN = 3;

    private static final int MOST_WORDS = 350;
    private static final int MOST_WORDS_OF_A_PART = 500;
    private static final int MOST_CHARACTERS_OF_A_PART = 8_000;
    /** With its blank, in the prompts' own counting of words. */
    private static final int CHARACTERS_OF_A_WORD = 8;

    /** A question in which the trajectory has less room says nothing. */
    private static final int LEAST_ROOM = 1_000;

    static final int MOST_STEPS = 99_999;
    static final String LONGEST_OUTCOME = "submission_too_large";
    /** What is said where text is left out. */
    static final int NOTE = 60;

    private final Template system;
    private final Template question;
    private final Template part;
    private final long most;

    SummaryPrompts(SummarizerConfig config) {
        this(config.prompts(), (config.windowTokens() - (long) config.model().maxTokens()) * CHARACTERS_PER_TOKEN);
    }

    private SummaryPrompts(Prompts prompts, long most) {
        this(
                prompts.get(Prompt.SUMMARIZE_SYSTEM),
                prompts.get(Prompt.SUMMARIZE),
                prompts.get(Prompt.SUMMARIZE_PART),
                most);
    }

    private SummaryPrompts(Template system, Template question, Template part, long most) {
        this.system = system;
        this.question = question;
        this.part = part;
        this.most = most;
    }

    /** The same for a model that has found a question of so many characters too long. */
    SummaryPrompts shorter(int characters) {
        return new SummaryPrompts(system, question, part, Math.min(most, characters) / 2);
    }

    /** Whether shorter questions than these can be asked. */
    boolean canBeShorter() {
        return most / 2 >= 4 * LEAST_ROOM;
    }

    /** Characters of a trajectory, or of a part of it, that a question about this task holds; it depends on nothing else. */
    int room(String statement) {
        String change = "x".repeat(SummarySource.MOST_CHARACTERS_OF_A_CHANGE + NOTE);
        int rest = Math.max(
                length(question(statement, "", 1, change, LONGEST_OUTCOME, MOST_STEPS)),
                length(part(statement, "", 0)));
        return (int) Math.max(LEAST_ROOM, Math.min(TraceText.MOST_CHARACTERS_OF_A_WHOLE, most - rest));
    }

    /** Characters of the summary of a part: few enough that a question holds several. */
    static int mostOfAPart(int room) {
        return Math.min(MOST_CHARACTERS_OF_A_PART, room / 4);
    }

    /**
     * Asks for the summary of an attempt.
     *
     * @param trace its trajectory, or the summaries of its parts
     * @param parts how many parts those are; 1 for the trajectory itself
     */
    List<ChatMessage> question(
            String statement, String trace, int parts, String change, String outcome, int stepCount) {
        Map<String, Object> values = new LinkedHashMap<>();
        String shownStatement = quarter(statement);
        String shownChange = quarter(change);
        values.put("statement", shownStatement);
        values.put("trace", trace);
        values.put("parts", parts);
        values.put("change", shownChange);
        values.put("outcome", outcome);
        values.put("step_count", stepCount);
        values.put("max_words", MOST_WORDS);
        values.put("fence", Fence.around(shownStatement, trace, shownChange));
        return List.of(ChatMessage.system(system.render(Map.of())), ChatMessage.user(question.render(values)));
    }

    /** Asks what happened in a part of a trajectory. It knows nothing of the other parts. */
    List<ChatMessage> part(String statement, String text, int room) {
        String shownStatement = quarter(statement);
        return List.of(ChatMessage.user(part.render(Map.of(
                "statement",
                shownStatement,
                "part",
                text,
                "max_words",
                Math.min(MOST_WORDS_OF_A_PART, mostOfAPart(room) / CHARACTERS_OF_A_WORD),
                "fence",
                Fence.around(shownStatement, text)))));
    }

    /** What stands beside the trajectory takes no more than a quarter of a question. */
    private String quarter(String text) {
        return Excerpt.of(text, (int) Math.min(Integer.MAX_VALUE, most / 4));
    }

    static int length(List<ChatMessage> messages) {
        return messages.stream().mapToInt(message -> message.content().length()).sum();
    }
}
