-- Votes
-- How many votes the judge answered, how many of them could not be read after all asks, and how often a single valid vote in a decidable match is for a passing
-- rollout (with its 95 % interval, clustered by task).
WITH cast_votes AS (
    SELECT
        matches.iteration,
        matches.stage,
        answered_votes.*,
        decidable_matches.match_id IS NOT NULL AS decidable,
        grades.resolved
    FROM answered_votes
    JOIN matches ON matches.match_id = answered_votes.match_id
    LEFT JOIN decidable_matches ON decidable_matches.match_id = answered_votes.match_id
    LEFT JOIN grades ON grades.rollout_id = answered_votes.choice
),
by_task AS (
    SELECT
        iteration,
        stage,
        task_id,
        count(*) AS votes,
        count(*) FILTER (NOT valid) AS invalid,
        count(*) FILTER (purpose = 'tie_break') AS tie_breaks,
        sum(asks) AS asks,
        count(*) FILTER (valid AND decidable) AS decidable,
        count(*) FILTER (valid AND decidable AND resolved) AS correct
    FROM cast_votes
    GROUP BY iteration, stage, task_id
),
totals AS (
    SELECT
        iteration,
        stage,
        sum(votes)::BIGINT AS votes,
        sum(invalid)::BIGINT AS invalid,
        sum(tie_breaks)::BIGINT AS tie_breaks,
        sum(asks)::BIGINT AS asks
    FROM by_task
    GROUP BY iteration, stage
),
estimates AS (
    SELECT
        iteration,
        stage,
        sum(decidable)::BIGINT AS decidable,
        ratio(correct, decidable) AS accuracy,
        share_low(correct, decidable, decidable) AS low,
        share_high(correct, decidable, decidable) AS high
    FROM by_task
    WHERE decidable > 0
    GROUP BY iteration, stage
)
SELECT
    totals.iteration,
    totals.stage,
    votes,
    invalid,
    tie_breaks,
    asks,
    coalesce(decidable, 0) AS decidable,
    accuracy,
    low,
    high
FROM totals
LEFT JOIN estimates ON estimates.iteration = totals.iteration AND estimates.stage = totals.stage
ORDER BY totals.iteration, totals.stage = 'final';
