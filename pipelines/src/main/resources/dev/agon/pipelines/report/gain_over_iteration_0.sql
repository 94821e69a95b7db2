-- Gain over iteration 0
-- Difference of a stage to iteration 0 in the same tasks, mean over the tasks that have a verdict in both, with its 95 % interval (paired by task,
-- Student's). A task is better, worse or the same by the share of its graded rollouts that pass.
WITH means AS (
    SELECT stage, iteration, task_id, resolved / graded::DOUBLE AS mean
    FROM stage_tasks
    WHERE graded > 0
),
differences AS (
    SELECT means.stage, means.iteration, means.mean - base.mean AS difference
    FROM means
    JOIN means AS base ON base.stage = 'iteration' AND base.iteration = 0 AND base.task_id = means.task_id
    WHERE NOT (means.stage = 'iteration' AND means.iteration = 0)
)
SELECT
    CASE stage
        WHEN 'iteration' THEN 'iteration ' || iteration
        WHEN 'selected' THEN 'selected from iteration ' || iteration
        WHEN 'select_one' THEN 'one selected from iteration ' || iteration
        WHEN 'final' THEN 'final'
    END AS label,
    stage,
    iteration,
    count(*) AS tasks,
    avg(difference) AS difference,
    paired_low(difference) AS low,
    paired_high(difference) AS high,
    count(*) FILTER (difference > 0) AS better,
    count(*) FILTER (difference = 0) AS same,
    count(*) FILTER (difference < 0) AS worse
FROM differences
GROUP BY stage, iteration
ORDER BY iteration, CASE stage WHEN 'iteration' THEN 0 WHEN 'selected' THEN 1 WHEN 'select_one' THEN 2 ELSE 3 END;
