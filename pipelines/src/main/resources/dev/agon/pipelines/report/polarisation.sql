-- Tasks that none, some or all rollouts solve
-- Over the graded rollouts of each iteration.
SELECT
    iteration,
    count(*) AS tasks,
    count(*) FILTER (resolved = 0) AS none_pass,
    count(*) FILTER (resolved > 0 AND resolved < graded) AS some_pass,
    count(*) FILTER (resolved = graded) AS all_pass
FROM stage_tasks
WHERE stage = 'iteration' AND graded > 0
GROUP BY iteration
ORDER BY iteration;
