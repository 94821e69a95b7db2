-- Outcomes of rollouts
-- How rollouts ended, by iteration, and how many of each pass the hidden check.
SELECT
    rollouts.iteration,
    rollouts.outcome,
    count(*) AS rollouts,
    count(*) / sum(count(*)) OVER (PARTITION BY rollouts.iteration)::DOUBLE AS share,
    count(grades.resolved) AS graded,
    count(*) FILTER (grades.resolved) AS resolved
FROM rollouts
LEFT JOIN grades ON grades.rollout_id = rollouts.rollout_id
GROUP BY rollouts.iteration, rollouts.outcome
ORDER BY rollouts.iteration, count(*) DESC, rollouts.outcome;
