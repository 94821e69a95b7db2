package dev.agon.summarize;

import static dev.agon.summarize.SummaryPrompts.LONGEST_OUTCOME;
import static dev.agon.summarize.SummaryPrompts.MOST_STEPS;
import static dev.agon.summarize.SummaryPrompts.NOTE;

import dev.agon.evidence.Evidence;
import dev.agon.prompts.Prompt;
import java.util.Map;

/** How long, in characters, summaries and the questions for them can be, and how often they can be asked for. */
public final class SummarySizes {

    private static final int MOST_CHARACTERS_OF_A_PROBLEM = 300;

    private static final String CHANGE = "x".repeat(SummarySource.MOST_CHARACTERS_OF_A_CHANGE + NOTE);

    private final SummarizerConfig config;
    private final SummaryPrompts prompts;

    public SummarySizes(SummarizerConfig config) {
        this.config = config;
        this.prompts = new SummaryPrompts(config);
    }

    /** Most calls that one summary takes. */
    public int asks() {
        return config.representation() == Representation.TRACE ? 0 : Summarizer.MOST_ASKS;
    }

    /**
     * Most characters of a trajectory that a summariser is shown.
     *
     * @param steps most steps; 0 for no limit
     * @param step most characters of a step
     */
    public static double trace(int steps, double step) {
        double most = TraceText.MOST_CHARACTERS_OF_A_WHOLE;
        return steps == 0 ? most : Math.min(most, steps * (step + NOTE));
    }

    /**
     * The longest prompt that asks for a summary of an attempt at this task, with the schema of the answer.
     *
     * @param trace characters of its trajectory
     */
    public long question(String statement, double trace) {
        String shown = "x".repeat((int) Math.min(trace, prompts.room(statement)));
        return SummarySchema.of(config.model().maxTokens()).json().length()
                + SummaryPrompts.length(prompts.question(statement, shown, 2, CHANGE, LONGEST_OUTCOME, MOST_STEPS));
    }

    /**
     * What is read in parts before such a prompt is asked.
     *
     * @param calls one for each part, and for each part of the notes on them where these are too long as well
     * @param characters of their prompts together
     */
    public record Parts(double calls, double characters) {}

    /** The most of it; {@link TraceParts} says how many parts there can be. */
    public Parts parts(String statement, double trace) {
        int room = prompts.room(statement);
        double notes = SummaryPrompts.mostOfAPart(room) + NOTE;
        int rest = SummaryPrompts.length(prompts.part(statement, "", room));
        double calls = 0;
        double characters = 0;
        for (double length = trace; length > room; ) {
            double parts = Math.floor(2 * length / room) + 1;
            calls += parts;
            characters += length + parts * rest;
            length = parts * notes;
        }
        return new Parts(calls, characters);
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
