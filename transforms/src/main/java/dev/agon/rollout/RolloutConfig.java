package dev.agon.rollout;

import dev.agon.agent.AgentFile;
import dev.agon.agent.AgentOverrides;
import dev.agon.model.ModelConfig;
import dev.agon.sandbox.SandboxConfig;
import java.io.Serializable;

/**
 * How rollouts are run and graded.
 *
 * @param agent the agent's file
 * @param limits limits over those of the file
 * @param taskPrompt source of the prompt that presents a task; null for the shipped one
 * @param model who acts
 * @param sandbox where commands run
 * @param inFlight most rollouts at once in one worker
 * @param gradingTimeoutS wall-time limit of hidden checks in seconds; null for what each task says
 */
public record RolloutConfig(
        AgentFile agent,
        AgentOverrides limits,
        String taskPrompt,
        ModelConfig model,
        SandboxConfig sandbox,
        int inFlight,
        Integer gradingTimeoutS)
        implements Serializable {}
