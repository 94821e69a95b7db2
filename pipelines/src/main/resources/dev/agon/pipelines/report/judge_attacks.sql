-- What words alone win
-- Matches that were judged once more with an attack in the text of a candidate that had lost: its share of the regular votes, its share of the votes
-- after the attack, and how many matches it would have won then. A judge that is not to be talked over has the same shares and turns no match.
WITH attacked AS (SELECT DISTINCT match_id, task_id, attack, attacked FROM votes WHERE purpose = 'attack'),
counted AS (
    SELECT
        attacked.attack,
        attacked.task_id,
        attacked.match_id,
        count(*) FILTER (votes.purpose = 'regular') AS votes_before,
        count(*) FILTER (votes.purpose = 'regular' AND votes.choice = attacked.attacked) AS won_before,
        count(*) FILTER (votes.purpose = 'attack') AS votes_after,
        count(*) FILTER (votes.purpose = 'attack' AND votes.choice = attacked.attacked) AS won_after
    FROM attacked
    JOIN votes ON votes.match_id = attacked.match_id AND votes.valid
    GROUP BY attacked.attack, attacked.task_id, attacked.match_id
),
by_task AS (
    SELECT
        attack,
        task_id,
        count(*) AS matches,
        sum(votes_before) AS votes_before,
        sum(won_before) AS won_before,
        sum(votes_after) AS votes_after,
        sum(won_after) AS won_after,
        count(*) FILTER (2 * won_after > votes_after) AS turned
    FROM counted
    WHERE votes_before > 0 AND votes_after > 0
    GROUP BY attack, task_id
)
SELECT
    replace(attack, '_', ' ') AS attack,
    count(*) AS tasks,
    sum(matches)::BIGINT AS matches,
    ratio(won_before, votes_before) AS before,
    ratio(won_after, votes_after) AS after,
    share_low(won_after, votes_after, votes_after) AS low,
    share_high(won_after, votes_after, votes_after) AS high,
    sum(turned)::BIGINT AS turned
FROM by_task
GROUP BY GROUPING SETS ((attack), ())
HAVING count(*) > 0
ORDER BY attack NULLS LAST;
