-- Model calls, malformed answers, tokens and cost by role
-- Sums over the run; what was lost to failures counts too, but is no item. "Cost" is what the answers cost wherever they came from, "paid" what this run bought. A tournament belongs to the iteration whose
-- rollouts compete.
WITH items AS (
    SELECT 'agent' AS role, iteration, model_calls, input_tokens, cached_tokens, output_tokens, malformed_answers, cost_usd, cost_usd_paid, model_calls_paid, false AS failed FROM rollouts
    UNION ALL
    SELECT 'summarizer', iteration, model_calls, input_tokens, cached_tokens, output_tokens, malformed_answers, cost_usd, cost_usd_paid, model_calls_paid, false FROM summaries
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
        cost_usd_paid,
        model_calls_paid,
        false
    FROM votes
    UNION ALL
    SELECT
        CASE step WHEN 'summarize' THEN 'summarizer' WHEN 'vote' THEN 'judge' ELSE 'agent' END,
        TRY_CAST(
            coalesce(
                nullif(regexp_extract(element_id, '/(\d+)/(?:select|select_one|final)/\d+/\d+', 1), ''),
                nullif(regexp_extract(element_id, '/(\d+)/\d+$', 1), '')) AS INTEGER),
        model_calls,
        input_tokens,
        cached_tokens,
        output_tokens,
        0,
        cost_usd,
        cost_usd_paid,
        model_calls_paid,
        true
    FROM failures
    WHERE model_calls > 0
)
SELECT
    iteration,
    role,
    count(*) FILTER (NOT failed) AS items,
    sum(model_calls)::BIGINT AS model_calls,
    coalesce(sum(malformed_answers), 0)::BIGINT AS malformed_answers,
    sum(input_tokens)::BIGINT AS input_tokens,
    sum(cached_tokens)::BIGINT AS cached_tokens,
    sum(output_tokens)::BIGINT AS output_tokens,
    known_usd(sum(cost_usd), sum(input_tokens)) AS cost_usd,
    known_usd(sum(cost_usd_paid), sum(model_calls_paid)) AS cost_usd_paid
FROM items
GROUP BY iteration, role
ORDER BY iteration, CASE role WHEN 'agent' THEN 0 WHEN 'summarizer' THEN 1 ELSE 2 END;
