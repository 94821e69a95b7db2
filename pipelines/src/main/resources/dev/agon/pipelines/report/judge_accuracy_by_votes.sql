-- Judge accuracy by number of votes
-- What the first v votes alone would have decided in the decidable matches: the share won by a passing rollout, a tie counting as the coin that would
-- break it. Votes are taken in the order of their number; tie-breaking votes are left out.
WITH sizes AS (
    SELECT max(vote) + 1 AS votes
    FROM votes
    WHERE purpose = 'regular'
),
budgets AS (SELECT unnest(range(1, votes + 1)) AS votes FROM sizes),
asked AS (
    SELECT DISTINCT decidable_matches.match_id, task_id, rollout_id
    FROM decidable_matches
    JOIN (SELECT match_id, unnest(represented_by) AS rollout_id FROM matches) AS judged
        ON judged.match_id = decidable_matches.match_id
),
tallies AS (
    SELECT
        budgets.votes,
        asked.match_id,
        asked.task_id,
        asked.rollout_id,
        count(votes.choice) AS won
    FROM asked
    CROSS JOIN budgets
    LEFT JOIN votes
        ON votes.match_id = asked.match_id
        AND votes.choice = asked.rollout_id
        AND votes.valid
        AND votes.purpose = 'regular'
        AND votes.vote < budgets.votes
    GROUP BY budgets.votes, asked.match_id, asked.task_id, asked.rollout_id
),
leaders AS (
    SELECT *
    FROM tallies
    QUALIFY won = max(won) OVER (PARTITION BY votes, match_id)
),
decided AS (
    SELECT leaders.votes, leaders.match_id, leaders.task_id, avg(grades.resolved::INTEGER) AS correct
    FROM leaders
    JOIN grades ON grades.rollout_id = leaders.rollout_id
    GROUP BY leaders.votes, leaders.match_id, leaders.task_id
),
by_task AS (
    SELECT votes, task_id, sum(correct) AS correct, count(*) AS matches
    FROM decided
    GROUP BY votes, task_id
)
SELECT
    votes,
    count(*) AS tasks,
    sum(matches)::BIGINT AS matches,
    ratio(correct, matches) AS accuracy,
    wilson_low(ratio(correct, matches), effective_size(correct, matches, matches)) AS low,
    wilson_high(ratio(correct, matches), effective_size(correct, matches, matches)) AS high
FROM by_task
GROUP BY votes
ORDER BY votes;
