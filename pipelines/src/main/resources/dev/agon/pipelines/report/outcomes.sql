-- Outcomes of rollouts
-- How rollouts ended, by iteration, and how many of each pass the hidden check. Shares are of those that ended by themselves: one that the run's stop
-- cut short has not ended.
SELECT
    rollouts.iteration,
    rollouts.outcome,
    count(*) AS rollouts,
    CASE
        WHEN rollouts.outcome <> 'stopped'
            THEN count(*) / sum(count(*) FILTER (rollouts.outcome <> 'stopped')) OVER (PARTITION BY rollouts.iteration)::DOUBLE
    END AS share,
    count(grades.resolved) AS graded,
    count(*) FILTER (grades.resolved) AS resolved
FROM rollouts
LEFT JOIN grades ON grades.rollout_id = rollouts.rollout_id
GROUP BY rollouts.iteration, rollouts.outcome
ORDER BY rollouts.iteration, count(*) DESC, rollouts.outcome;
