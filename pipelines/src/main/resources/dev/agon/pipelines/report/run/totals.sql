-- The totals of run.json. A call counts where its answer is used, whether or not it came from the journal; calls of work that was lost count too.
WITH work AS (
    SELECT model_calls, model_calls_paid, input_tokens, cached_tokens, output_tokens, cost_usd, cost_usd_paid FROM rollouts
    UNION ALL
    SELECT model_calls, model_calls_paid, input_tokens, cached_tokens, output_tokens, cost_usd, cost_usd_paid FROM summaries
    UNION ALL
    SELECT asks, model_calls_paid, input_tokens, cached_tokens, output_tokens, cost_usd, cost_usd_paid FROM votes
    UNION ALL
    SELECT model_calls, model_calls_paid, input_tokens, cached_tokens, output_tokens, cost_usd, cost_usd_paid FROM failures
)
SELECT
    (SELECT count(*) FROM tasks) AS tasks,
    (SELECT count(*) FROM rollouts) AS rollouts,
    CAST(coalesce(sum(model_calls), 0) AS BIGINT) AS model_calls,
    CAST(coalesce(sum(model_calls_paid), 0) AS BIGINT) AS model_calls_paid,
    CAST(coalesce(sum(input_tokens), 0) AS BIGINT) AS input_tokens,
    CAST(coalesce(sum(cached_tokens), 0) AS BIGINT) AS cached_tokens,
    CAST(coalesce(sum(output_tokens), 0) AS BIGINT) AS output_tokens,
    coalesce(sum(cost_usd), 0) AS cost_usd,
    coalesce(sum(cost_usd_paid), 0) AS cost_usd_paid,
    (SELECT count(*) FROM failures) AS failures,
    (SELECT count(*) FROM failures WHERE kind <> 'stopped') AS failed,
    (SELECT count(DISTINCT task_id) FROM selections WHERE stage = 'final') AS winners,
    -- What there would be more of if the run had not been stopped, or if its journal had all answers.
    (SELECT count(*) FROM failures WHERE kind = 'stopped') + (SELECT count(*) FROM rollouts WHERE outcome = 'stopped') AS stopped
FROM work
