package dev.agon.rollout;

import dev.agon.agent.AgentFile;
import dev.agon.agent.AgentOverrides;
import dev.agon.model.ModelConfig;
import dev.agon.prompts.Prompts;
import dev.agon.runtime.InFlightLimit;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.SandboxLimits;
import dev.agon.schemas.Ids;
import java.io.Serializable;
import java.util.List;

/**
 * How rollouts are run and graded.
 *
 * @param agent the agent's file
 * @param limits limits over those of the file
 * @param prompts among them the one that presents a task
 * @param models who acts; of several, each rollout draws one, by its seed
 * @param sandbox where commands run
 * @param inFlight most agents at work in one worker; as many rollouts again may wait for their grade or their turn
 * @param gradingTimeoutS wall-time limit of hidden checks in seconds; null for what each task says
 * @param gradingLimits what hidden checks may use of memory, output and processor time
 */
public record RolloutConfig(
        AgentFile agent,
        AgentOverrides limits,
        Prompts prompts,
        List<ModelConfig> models,
        SandboxConfig sandbox,
        int inFlight,
        Integer gradingTimeoutS,
        SandboxLimits gradingLimits)
        implements Serializable {

    InFlightLimit agentsInFlight() {
        return new InFlightLimit("agents", inFlight);
    }

    /** Rollouts that are worked on: agents at work, and as many that are graded. */
    int rolloutsInFlight() {
        return 2 * inFlight;
    }

    /** The model of the rollout that has this seed. */
    ModelConfig modelOf(long seed) {
        return models.get((int) Math.floorMod(Ids.seed(seed, "roulette"), (long) models.size()));
    }
}
