-- Pass rate by passing rollouts in the context
-- Share of graded rollouts that pass, by how many of the rollouts summarised in their refinement context do. Only contexts whose rollouts are all
-- graded; clustered by task.
WITH members AS (
    SELECT context_id, unnest(rollout_ids) AS rollout_id
    FROM contexts
),
counted AS (
    SELECT members.context_id, count(*) AS size, count(*) FILTER (grades.resolved) AS passing
    FROM members
    LEFT JOIN grades ON grades.rollout_id = members.rollout_id
    GROUP BY members.context_id
    HAVING count(*) = count(grades.resolved)
),
by_task AS (
    SELECT
        rollouts.iteration,
        counted.size,
        counted.passing,
        rollouts.task_id,
        count(*) AS rollouts,
        count(*) FILTER (grades.resolved) AS resolved
    FROM rollouts
    JOIN counted ON counted.context_id = rollouts.context_id
    JOIN grades ON grades.rollout_id = rollouts.rollout_id
    GROUP BY rollouts.iteration, counted.size, counted.passing, rollouts.task_id
)
SELECT
    iteration,
    size AS context_size,
    passing,
    count(*) AS tasks,
    sum(rollouts)::BIGINT AS rollouts,
    sum(resolved)::BIGINT AS resolved,
    ratio(resolved, rollouts) AS pass_rate,
    share_low(resolved, rollouts, rollouts) AS low,
    share_high(resolved, rollouts, rollouts) AS high
FROM by_task
GROUP BY iteration, size, passing
ORDER BY iteration, size, passing;
