-- Model calls, malformed answers, tokens and cost by role
-- Sums over the run. "Cost" is what the answers cost wherever they came from, "paid" what this run bought. A tournament belongs to the iteration whose
-- rollouts compete.
WITH items AS (
    SELECT 'agent' AS role, iteration, model_calls, input_tokens, cached_tokens, output_tokens, malformed_answers, cost_usd, cost_usd_paid FROM rollouts
    UNION ALL
    SELECT 'summarizer', iteration, model_calls, input_tokens, cached_tokens, output_tokens, malformed_answers, cost_usd, cost_usd_paid FROM summaries
    UNION ALL
    SELECT
        'judge',
        TRY_CAST(regexp_extract(match_id, '/(\d+)/[^/]+/\d+/\d+$', 1) AS INTEGER),
        asks,
        input_tokens,
        cached_tokens,
        output_tokens,
        malformed_answers,
        cost_usd,
        cost_usd_paid
    FROM votes
)
SELECT
    iteration,
    role,
    count(*) AS items,
    sum(model_calls)::BIGINT AS model_calls,
    coalesce(sum(malformed_answers), 0)::BIGINT AS malformed_answers,
    sum(input_tokens)::BIGINT AS input_tokens,
    sum(cached_tokens)::BIGINT AS cached_tokens,
    sum(output_tokens)::BIGINT AS output_tokens,
    sum(cost_usd) AS cost_usd,
    sum(cost_usd_paid) AS cost_usd_paid
FROM items
GROUP BY iteration, role
ORDER BY iteration, CASE role WHEN 'agent' THEN 0 WHEN 'summarizer' THEN 1 ELSE 2 END;
