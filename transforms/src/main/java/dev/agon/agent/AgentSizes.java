package dev.agon.agent;

import dev.agon.agent.AgentPrompts.Progress;
import dev.agon.prompts.Template;
import dev.agon.sandbox.CommandResult;
import dev.agon.schemas.Task;
import java.time.Duration;
import java.util.OptionalInt;

/** How long, in characters, the texts are that an agent's model is shown; found by rendering them. */
public final class AgentSizes {

    private static final int MOST_STEPS = 99_999;
    private static final double MOST_USD = 9_999.99;

    private final AgentConfig config;
    private final Template taskPrompt;

    public AgentSizes(AgentConfig config, Template taskPrompt) {
        this.config = config;
        this.taskPrompt = taskPrompt;
    }

    /** Both prompts that open a rollout of a task; the context may be null. */
    public long opening(Task task, String context) {
        AgentPrompts prompts = prompts(Agent.describe(taskPrompt, task, context), task.getWorkdir());
        return prompts.system().length() + prompts.instance().length();
    }

    /**
     * The longest text that a command's outcome becomes.
     *
     * @param mostOutput characters that are captured of a command's output, 1 or more
     */
    public long observation(int mostOutput) {
        AgentPrompts prompts = prompts("", "/work");
        Progress late = new Progress(MOST_STEPS, MOST_USD, Duration.ofDays(1));
        long longest = 0;
        // A template may show short output whole and cut long output; so it is tried at every size.
        for (int length = mostOutput; length > 0; length = length > 1000 ? length * 9 / 10 : 0) {
            CommandResult result =
                    new CommandResult("x".repeat(length), OptionalInt.of(255), CommandResult.End.EXITED, 1);
            longest = Math.max(longest, prompts.observation(result, late).length());
        }
        return longest;
    }

    private AgentPrompts prompts(String task, String workdir) {
        return new AgentPrompts(config, task, workdir, "model", Machine.current());
    }
}
