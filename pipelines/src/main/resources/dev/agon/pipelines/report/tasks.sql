-- Tasks
-- Graded rollouts of each task that pass, of how many, at each stage; what was not graded is apart.
SELECT
    stage_tasks.task_id,
    CASE stage
        WHEN 'iteration' THEN 'iteration ' || iteration
        WHEN 'selected' THEN 'selected from iteration ' || iteration
        WHEN 'select_one' THEN 'one selected from iteration ' || iteration
        WHEN 'final' THEN 'final'
    END AS label,
    stage,
    iteration,
    resolved,
    graded,
    failed,
    stopped,
    ungraded
FROM stage_tasks
ORDER BY stage_tasks.task_id, iteration, CASE stage WHEN 'iteration' THEN 0 WHEN 'selected' THEN 1 WHEN 'select_one' THEN 2 ELSE 3 END;
