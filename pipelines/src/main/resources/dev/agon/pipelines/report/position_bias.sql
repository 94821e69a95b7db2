-- Position bias
-- Share of valid votes for the candidate that was shown first, second, and so on, by size of the group. A judge without bias gives each position the
-- same share, because every candidate stands in every position equally often.
WITH placed AS (
    SELECT task_id, len(presentation_order) AS candidates, list_position(presentation_order, choice) AS chosen
    FROM votes
    WHERE valid AND purpose <> 'attack' AND len(presentation_order) > 1
),
by_task AS (
    SELECT candidates, position, task_id, count(*) AS votes, count(*) FILTER (chosen = position) AS chosen
    FROM (SELECT *, unnest(range(1, candidates + 1)) AS position FROM placed)
    GROUP BY candidates, position, task_id
)
SELECT
    candidates,
    position,
    sum(votes)::BIGINT AS votes,
    sum(chosen)::BIGINT AS chosen,
    ratio(chosen, votes) AS share,
    share_low(chosen, votes, votes) AS low,
    share_high(chosen, votes, votes) AS high,
    1 / candidates::DOUBLE AS expected
FROM by_task
GROUP BY candidates, position
ORDER BY candidates, position;
