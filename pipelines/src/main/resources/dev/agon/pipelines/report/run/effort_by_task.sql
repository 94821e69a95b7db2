-- What the finished work of each task, iteration and role took. items: rollouts, summaries, or matches of two candidates or more. voted: matches that
-- votes decided, tied: those that a tie-breaking pair or a coin did. units: what effort is counted by, rollouts, summaries or
-- votes that the judge answered.
WITH played AS (
    SELECT
        task_id,
        iteration,
        count(*) AS items,
        count(*) FILTER (decided_by IN ('votes', 'tie_break', 'coin')) AS voted,
        count(*) FILTER (decided_by IN ('tie_break', 'coin')) AS tied
    FROM matches
    WHERE decided_by <> 'bye'
    GROUP BY task_id, iteration
),
cast_votes AS (
    SELECT
        answered_votes.task_id,
        matches.iteration,
        count(*) AS units,
        sum(asks) AS calls,
        sum(input_tokens) AS input,
        sum(cached_tokens) AS cached,
        sum(coalesce(cache_write_tokens, 0)) AS cache_write,
        sum(output_tokens) AS output
    FROM answered_votes
    JOIN matches ON matches.match_id = answered_votes.match_id
    GROUP BY answered_votes.task_id, matches.iteration
)
SELECT
    'agent' AS role,
    task_id,
    iteration,
    count(*) AS items,
    0 AS voted,
    0 AS tied,
    count(*) AS units,
    sum(step_count)::DOUBLE AS steps,
    sum(model_calls)::DOUBLE AS calls,
    sum(input_tokens)::DOUBLE AS input,
    sum(cached_tokens)::DOUBLE AS cached,
    sum(coalesce(cache_write_tokens, 0))::DOUBLE AS cache_write,
    sum(output_tokens)::DOUBLE AS output
FROM rollouts
WHERE outcome <> 'stopped'
GROUP BY task_id, iteration
UNION ALL
SELECT
    'summariser',
    task_id,
    iteration,
    count(*),
    0,
    0,
    count(*),
    0,
    sum(model_calls),
    sum(input_tokens),
    sum(cached_tokens),
    sum(coalesce(cache_write_tokens, 0)),
    sum(output_tokens)
FROM summaries
WHERE representation = 'summary'
GROUP BY task_id, iteration
UNION ALL
SELECT
    'judge',
    played.task_id,
    played.iteration,
    items,
    voted,
    tied,
    coalesce(units, 0),
    0,
    coalesce(calls, 0),
    coalesce(input, 0),
    coalesce(cached, 0),
    coalesce(cache_write, 0),
    coalesce(output, 0)
FROM played
LEFT JOIN cast_votes ON cast_votes.task_id = played.task_id AND cast_votes.iteration = played.iteration
ORDER BY 1, 2, 3
