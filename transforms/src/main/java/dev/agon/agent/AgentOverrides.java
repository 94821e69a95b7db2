package dev.agon.agent;

import java.io.Serializable;

/**
 * Limits that a run sets over those of the agent's own file. Null where the file's stand.
 *
 * @param stepLimit most model calls; 0 for no limit
 * @param costLimit USD; 0 for no limit
 * @param commandTimeoutS wall-time limit of one command in seconds
 * @param wallTimeLimitS seconds; 0 for no limit
 */
public record AgentOverrides(Integer stepLimit, Double costLimit, Double commandTimeoutS, Double wallTimeLimitS)
        implements Serializable {

    public static final AgentOverrides NONE = new AgentOverrides(null, null, null, null);
}
