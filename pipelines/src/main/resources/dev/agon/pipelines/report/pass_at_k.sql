-- pass@k
-- Chance that at least one of k rollouts of a task passes, unbiased estimate (1 - C(n - c, k) / C(n, k)), mean over the tasks with at least k graded
-- rollouts. At k = N it is the oracle: what a perfect selection would reach.
WITH tasks AS (
    SELECT iteration, task_id, graded AS n, resolved AS c
    FROM stage_tasks
    WHERE stage = 'iteration' AND graded > 0
),
drawn AS (
    SELECT iteration, n, unnest(range(1, n + 1)) AS k, c
    FROM tasks
),
estimates AS (
    SELECT iteration, k, pass_at(n, c, k) AS pass, n // k AS trials
    FROM drawn
)
SELECT
    iteration,
    k,
    count(*) AS tasks,
    ratio(pass, 1) AS pass_at_k,
    share_low(pass, 1, trials) AS low,
    share_high(pass, 1, trials) AS high
FROM estimates
GROUP BY iteration, k
ORDER BY iteration, k;
