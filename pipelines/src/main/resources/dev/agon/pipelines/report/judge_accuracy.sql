-- Judge accuracy by round
-- Share of decidable matches (at least one passing and one failing rollout before a judge who answered every vote) that a passing one won, and what
-- chance would give. Matches of one task are clustered. Rows without a round are whole tournaments, the
-- row without a stage is the run.
SELECT
    iteration,
    stage,
    round,
    count(*) AS tasks,
    sum(matches)::BIGINT AS matches,
    sum(correct)::BIGINT AS correct,
    ratio(correct, matches) AS accuracy,
    share_low(correct, matches, matches) AS low,
    share_high(correct, matches, matches) AS high,
    sum(chance) / sum(matches)::DOUBLE AS chance
FROM (
    SELECT iteration, stage, round, task_id, count(*) AS matches, count(*) FILTER (won_by_passing) AS correct, sum(chance) AS chance
    FROM decidable_matches
    GROUP BY GROUPING SETS ((iteration, stage, round, task_id), (iteration, stage, task_id), (task_id))
)
GROUP BY iteration, stage, round
ORDER BY iteration NULLS LAST, stage = 'final', round NULLS LAST;
