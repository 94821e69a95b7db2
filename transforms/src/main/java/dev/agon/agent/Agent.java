package dev.agon.agent;

import dev.agon.model.ModelException;
import dev.agon.prompts.Template;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.schemas.Task;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The agent: asks the model, runs the commands of its answer in the sandbox, shows it what came of them, until it submits or
 * reaches a limit. The protocols, the limits and the templates are mini-swe-agent's.
 *
 * <p>In: a {@link RolloutPlan} and a sandbox that holds the task's files. Out: an {@link AgentResult}, whose {@link Outcome}
 * names every way to end. Fails with a {@link ModelException} when the model cannot be reached or is misconfigured, and with a
 * {@link SandboxException} when the sandbox is down; both are failures of infrastructure, and what was done until then is in
 * the {@link StepLog}, from which another run of the same plan goes on.
 *
 * <p>The sample of step n is seeded by the plan's seed and n. Safe for use by many threads at once.
 */
public final class Agent {

    private final AgentConfig config;
    private final Template taskPrompt;
    private final AgentModel model;
    private final InstantSource clock;

    /** @param taskPrompt renders the task from {@code statement}, {@code workdir}, {@code visible_check} and {@code context} */
    public Agent(AgentConfig config, Template taskPrompt, AgentModel model, InstantSource clock) {
        this.config = config;
        this.taskPrompt = taskPrompt;
        this.model = model;
        this.clock = clock;
    }

    /** The same agent under other limits. */
    public Agent within(AgentLimits limits) {
        return new Agent(config.within(limits), taskPrompt, model, clock);
    }

    /**
     * Fills one slot.
     *
     * @param context the refinement context; null for none
     * @param seed seed of the rollout's samples
     * @param stopRequested asked before each answer is bought; once true, the rollout ends as {@link Outcome#STOPPED}
     * @param log the steps that an interrupted attempt left, and where new ones are kept
     */
    public AgentResult run(
            Task task, String context, long seed, Sandbox sandbox, BooleanSupplier stopRequested, StepLog log)
            throws ModelException, SandboxException, InterruptedException {
        AgentPrompts prompts = new AgentPrompts(
                config, describe(taskPrompt, task, context), task.getWorkdir(), model.name(), Machine.current());
        return new RolloutInProgress(config, model, prompts, seed, sandbox, stopRequested, log, clock).run();
    }

    /** The task prompt: what the agent's own template is given as the task. */
    static String describe(Template taskPrompt, Task task, String context) {
        Map<String, Object> values = new HashMap<>();
        values.put("statement", task.getStatement());
        values.put("workdir", task.getWorkdir());
        values.put("visible_check", task.getVisibleCheck());
        values.put("context", context);
        return taskPrompt.render(values);
    }
}
