-- What became of every slot
-- A slot is one task, iteration and index. Failed: the infrastructure broke, which is no fault of the agent; stopped: the run ended first; ungraded:
-- a rollout without any verdict.
SELECT
    iteration,
    count(DISTINCT task_id) AS tasks,
    count(*) AS slots,
    count(*) FILTER (status = 'graded') AS graded,
    count(*) FILTER (resolved) AS resolved,
    count(*) FILTER (status = 'failed') AS failed,
    count(*) FILTER (status = 'stopped') AS stopped,
    count(*) FILTER (status = 'ungraded') AS ungraded
FROM slots
GROUP BY iteration
ORDER BY iteration;
