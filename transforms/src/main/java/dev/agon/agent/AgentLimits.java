package dev.agon.agent;

import java.time.Duration;

/**
 * What one rollout may use. All but the command's time limit are checked before each model call, as mini-swe-agent does: the
 * answer that reaches a limit is still carried out, but for the commands that the wall time leaves no time for.
 *
 * @param steps most model calls; 0 for no limit
 * @param costUsd cost of the answers in USD at which the rollout ends; 0 for no limit
 * @param wallTime time since the rollout started at which it ends; zero for no limit
 * @param consecutiveFormatErrors answers in a row without a command that end the rollout; 0 for no limit
 * @param command wall-time limit of each command
 */
public record AgentLimits(int steps, double costUsd, Duration wallTime, int consecutiveFormatErrors, Duration command) {

    /** The same limits but for the wall time. */
    public AgentLimits withWallTime(Duration other) {
        return new AgentLimits(steps, costUsd, other, consecutiveFormatErrors, command);
    }
}
