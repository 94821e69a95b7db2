package dev.agon.summarize;

import dev.agon.prompts.Excerpt;
import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import dev.agon.schemas.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A rollout's trajectory as text: for each step what the agent wrote and what it was shown. Grades are not part of a rollout and
 * cannot be part of its text.
 *
 * @param steps the text of each step that is shown, in order; a note stands where steps are left out
 * @param stepsSeen how many steps are shown
 */
record TraceText(List<String> steps, int stepsSeen) {

    /** Of a cut trajectory. */
    static final int MOST_CHARACTERS = 80_000;

    private static final String MARK = "=== ";
    private static final Pattern LIKE_A_MARK = Pattern.compile("^>*+" + MARK, Pattern.MULTILINE);

    private static final int MOST_CHARACTERS_OF_A_MESSAGE = 4_000;
    private static final int MOST_CHARACTERS_OF_AN_OBSERVATION = 2_000;

    /** More than any model has written and read in one rollout; so many trajectories at once must find room in memory. */
    static final int MOST_CHARACTERS_OF_A_WHOLE = 8_000_000;

    /** All of it. */
    static TraceText whole(Rollout rollout) {
        return of(rollout, MOST_CHARACTERS_OF_A_WHOLE, MOST_CHARACTERS_OF_A_WHOLE, MOST_CHARACTERS_OF_A_WHOLE);
    }

    /** As much as a judge can read of each candidate: long texts are cut, and of a long trajectory the middle steps are left out. */
    static TraceText cut(Rollout rollout) {
        return of(rollout, MOST_CHARACTERS_OF_A_MESSAGE, MOST_CHARACTERS_OF_AN_OBSERVATION, MOST_CHARACTERS);
    }

    private static TraceText of(Rollout rollout, int message, int observation, int all) {
        return withoutMiddle(
                rollout.getSteps().stream()
                        .map(step -> text(step, message, observation))
                        .toList(),
                all);
    }

    /** As much of it as so many characters show: steps from both ends, each of a quarter at most. */
    TraceText shortened(int most) {
        return withoutMiddle(
                steps.stream().map(step -> Excerpt.of(step, most / 4)).toList(), most);
    }

    String text() {
        return String.join("", steps);
    }

    private static String text(Step step, int mostOfMessage, int mostOfObservation) {
        StringBuilder text = new StringBuilder()
                .append("=== Step ")
                .append(step.getNumber())
                .append(": agent\n")
                .append(quoted(Excerpt.of(step.getMessage(), mostOfMessage)))
                .append('\n')
                .append(called(step, mostOfMessage));
        String observation = observation(step);
        if (observation != null) {
            text.append("=== Step ")
                    .append(step.getNumber())
                    .append(": observation\n")
                    .append(quoted(Excerpt.of(observation, mostOfObservation)))
                    .append('\n');
        }
        return text.toString();
    }

    /** No line of what was said, run or shown begins as the mark of a step does. */
    private static String quoted(String text) {
        return text.contains(MARK) ? LIKE_A_MARK.matcher(text).replaceAll(">$0") : text;
    }

    /** Calls of tools, which stand beside the message and not in it. */
    private static String called(Step step, int most) {
        StringBuilder called = new StringBuilder();
        for (CommandRun run : step.getCommands()) {
            if (!step.getMessage().contains(run.getCommand().strip())) {
                called.append("```bash\n")
                        .append(quoted(Excerpt.of(run.getCommand(), most)))
                        .append("\n```\n");
            }
        }
        if (step.getCommands().isEmpty()) {
            for (ToolCall call : step.getToolCalls()) {
                called.append(call.getName())
                        .append(": ")
                        .append(quoted(Excerpt.of(call.getArguments(), most)))
                        .append('\n');
            }
        }
        return called.toString();
    }

    private static String observation(Step step) {
        List<String> shown = step.getCommands().stream()
                .map(CommandRun::getObservation)
                .filter(Objects::nonNull)
                .collect(Collectors.toList());
        return step.getObservation() != null || shown.isEmpty() ? step.getObservation() : String.join("\n", shown);
    }

    /** Keeps steps from both ends, the later ones first, since they hold what was verified last. */
    private static TraceText withoutMiddle(List<String> steps, int most) {
        int first = 0;
        int last = steps.size();
        int room = most;
        boolean fromEnd = true;
        while (first < last) {
            String next = fromEnd ? steps.get(last - 1) : steps.get(first);
            if (next.length() > room) {
                break;
            }
            room -= next.length();
            if (fromEnd) {
                last--;
            } else {
                first++;
            }
            fromEnd = !fromEnd;
        }
        if (first >= last) {
            return new TraceText(steps, steps.size());
        }
        List<String> kept = new ArrayList<>(steps.subList(0, first));
        kept.add("=== " + (last - first) + " steps left out\n");
        kept.addAll(steps.subList(last, steps.size()));
        return new TraceText(kept, steps.size() - (last - first));
    }
}
