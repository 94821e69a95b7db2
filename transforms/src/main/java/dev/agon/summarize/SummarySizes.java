package dev.agon.summarize;

import dev.agon.evidence.Evidence;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import java.util.Map;

/** How long, in characters, summaries and the questions for them can be, and how often they can be asked for. */
public final class SummarySizes {

    /** What is said where text is left out. */
    private static final int NOTE = 60;

    private static final int MOST_STEPS = 99_999;
    private static final String LONGEST_OUTCOME = "submission_too_large";
    private static final int MOST_CHARACTERS_OF_A_PROBLEM = 300;

    private final SummarizerConfig config;
    private final Template question;

    public SummarySizes(SummarizerConfig config) {
        this.config = config;
        this.question = config.prompts().get(Prompt.SUMMARIZE);
    }

    /** Most calls that one summary takes. */
    public int asks() {
        return config.representation() == Representation.TRACE ? 0 : Summarizer.MOST_ASKS;
    }

    /** The longest prompt that asks for a summary of an attempt at this task, with the schema of the answer. */
    public long question(String statement) {
        String trace = "x".repeat(TraceText.MOST_CHARACTERS + NOTE);
        String change = "x".repeat(SummarySource.MOST_CHARACTERS_OF_A_CHANGE + NOTE);
        return SummarySchema.of(config.model().maxTokens()).json().length()
                + config.prompts().get(Prompt.SUMMARIZE_SYSTEM).render(Map.of()).length()
                + Summarizer.question(question, statement, trace, change, LONGEST_OUTCOME, MOST_STEPS)
                        .length();
    }

    /** What is added to the prompt, besides the malformed answer, when it is asked again. */
    public long complaint() {
        String problem = "x".repeat(MOST_CHARACTERS_OF_A_PROBLEM);
        return config.prompts()
                .get(Prompt.SUMMARIZE_REPAIR)
                .render(Map.of("problem", problem))
                .length();
    }

    /** The longest text that stands for a rollout before judges and in refinement contexts. */
    public int text() {
        int text = config.representation() == Representation.TRACE
                ? TraceText.MOST_CHARACTERS + SummarySource.MOST_CHARACTERS_OF_A_CHANGE + 4 * NOTE
                : SummaryWriter.MOST_CHARACTERS_OF_A_TEXT + NOTE;
        return config.evidence() ? text + Evidence.MOST_CHARACTERS : text;
    }
}
