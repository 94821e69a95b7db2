-- Passing rollouts per task
-- Number of tasks with 0, 1, 2, … passing rollouts, before and after refinement. Refinement polarises: tasks move to the two ends.
WITH tasks AS (
    SELECT iteration, task_id, resolved AS passing
    FROM stage_tasks
    WHERE stage = 'iteration' AND graded > 0
),
bins AS (
    SELECT iteration, unnest(range(0, (SELECT max(graded) + 1 FROM stage_tasks WHERE stage = 'iteration'))) AS passing
    FROM (SELECT DISTINCT iteration FROM tasks)
)
SELECT bins.iteration, bins.passing, count(tasks.task_id) AS tasks
FROM bins
LEFT JOIN tasks ON tasks.iteration = bins.iteration AND tasks.passing = bins.passing
GROUP BY bins.iteration, bins.passing
ORDER BY bins.iteration, bins.passing;
