package dev.agon.evidence;

import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a rollout ended, and what its last words say.
 *
 * @param submitted whether it submitted by itself and was not stopped
 * @param claimsSuccess whether its last words claim that the work is done or correct
 * @param admitsFailure whether they admit that something fails, is missing or is unknown
 */
record Ending(boolean submitted, boolean claimsSuccess, boolean admitsFailure) {

    private static final int MOST_CHARACTERS = 8_000;
    private static final Set<String> FINISHING_TOOLS =
            Set.of("submit", "finish", "task_complete", "mark_task_complete", "attempt_completion");
    private static final Pattern SENTINEL =
            Pattern.compile("COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT|MINI_SWE_AGENT_FINAL_OUTPUT|^\\s*submit\\s*$");
    private static final Pattern SUCCESS = Pattern.compile(
            "\\b(?:success\\w*|completed?|verified|solved|resolved|validated|satisfied|fixed|done"
                    + "|all (?:\\w+ )?(?:tests|checks) pass\\w*|works? (?:correctly|as expected))\\b|[✅✓]",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FAILURE = Pattern.compile(
            "\\b(?:(?:could|can|did|does|was|were) ?n[o']t|cannot|unable to|still fail\\w*|tests? fail\\w*|not (?:yet|fully|working|solved|verified)"
                    + "|incomplete|remains? (?:open|unclear|unknown)|best (?:guess|effort)|unfortunately|gave up|ran out)\\b",
            Pattern.CASE_INSENSITIVE);

    static Ending of(Rollout rollout, List<Action> actions) {
        List<Step> steps = rollout.getSteps();
        Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        String said = last == null ? "" : TerminalText.plain(last.getMessage());
        int fence = said.indexOf("```");
        String words = TerminalText.end((fence < 0 ? said : said.substring(0, fence)).strip(), MOST_CHARACTERS);
        return new Ending(
                rollout.getOutcome().equals("submitted") || handedIn(last, actions),
                SUCCESS.matcher(words).find(),
                FAILURE.matcher(words).find());
    }

    /** Whether the last step submits. Corpora do not always record how an attempt ended. */
    private static boolean handedIn(Step last, List<Action> actions) {
        if (last == null) {
            return false;
        }
        boolean acted = false;
        for (int i = actions.size() - 1; i >= 0 && actions.get(i).step() == last.getNumber(); i--) {
            Action action = actions.get(i);
            acted = true;
            if (SENTINEL.matcher(action.text()).find() || FINISHING_TOOLS.contains(action.tool())) {
                return true;
            }
        }
        return !acted && !last.getMessage().isBlank() && last.getToolCalls().isEmpty() && last.getObservation() == null;
    }
}
