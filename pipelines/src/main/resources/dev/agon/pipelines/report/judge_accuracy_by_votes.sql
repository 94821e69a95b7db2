-- Judge accuracy by number of votes
-- What the first v votes would have decided in the decidable matches, on top of the head starts of merged submissions: the share won by a passing
-- rollout, a tie counting as the coin that would break it. Votes are taken in the order of their number; tie-breaking votes are left out.
WITH sizes AS (
    SELECT max(vote) + 1 AS votes
    FROM votes
    WHERE purpose = 'regular'
),
budgets AS (SELECT unnest(range(1, votes + 1)) AS votes FROM sizes),
asked AS (
    SELECT
        decidable_matches.match_id,
        decidable_matches.task_id,
        judged.rollout_id,
        CASE WHEN rollouts.submission = '' THEN 0 ELSE floor(log2(coalesce(judged.represents, 1))) END AS head_start
    FROM decidable_matches
    JOIN (
        SELECT match_id, unnest(candidates) AS rollout_id, unnest(represented_by) AS before_judge, unnest(represents) AS represents
        FROM matches
    ) AS judged
        ON judged.match_id = decidable_matches.match_id AND judged.rollout_id = judged.before_judge
    LEFT JOIN rollouts ON rollouts.rollout_id = judged.rollout_id
),
tallies AS (
    SELECT
        budgets.votes,
        asked.match_id,
        asked.task_id,
        asked.rollout_id,
        any_value(asked.head_start) + count(votes.choice) AS won
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
    share_low(correct, matches, matches) AS low,
    share_high(correct, matches, matches) AS high
FROM by_task
GROUP BY votes
ORDER BY votes;
