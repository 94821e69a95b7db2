-- Steps and effort of a rollout
-- Mean steps, model calls, tokens, cost and wall time of a finished rollout, by iteration; one that the run's stop cut short is none. The interval of
-- the mean number of steps is 95 %, Student's, clustered by task.
WITH finished AS (
    SELECT *
    FROM rollouts
    WHERE outcome <> 'stopped'
),
by_task AS (
    SELECT iteration, task_id, count(*) AS rollouts, sum(step_count) AS steps
    FROM finished
    GROUP BY iteration, task_id
),
steps AS (
    SELECT
        iteration,
        ratio(steps, rollouts) AS mean,
        student(greatest(1, count(*) - 1)) * sqrt(ratio_variance(steps, rollouts) * count(*) / greatest(1, count(*) - 1)) AS margin
    FROM by_task
    GROUP BY iteration
)
SELECT
    finished.iteration,
    count(*) AS rollouts,
    any_value(steps.mean) AS steps,
    greatest(0, any_value(steps.mean - steps.margin)) AS low,
    any_value(steps.mean + steps.margin) AS high,
    median(step_count) AS median_steps,
    quantile_disc(step_count, 0.9) AS p90_steps,
    avg(model_calls) AS model_calls,
    avg(input_tokens) AS input_tokens,
    avg(output_tokens) AS output_tokens,
    known_usd(avg(cost_usd), sum(input_tokens)) AS cost_usd,
    avg(duration_ms) / 1000 AS seconds
FROM finished
JOIN steps ON steps.iteration = finished.iteration
GROUP BY finished.iteration
ORDER BY finished.iteration;
