-- How matches were decided
-- By votes, by the tie-breaking pair of votes, by the seeded coin, without a vote because the submissions are identical, or as a bye.
SELECT
    iteration,
    stage,
    count(*) AS matches,
    count(*) FILTER (decided_by = 'votes') AS votes,
    count(*) FILTER (decided_by = 'tie_break') AS tie_break,
    count(*) FILTER (decided_by = 'coin') AS coin,
    count(*) FILTER (decided_by = 'identical') AS identical,
    count(*) FILTER (decided_by = 'bye') AS bye
FROM matches
GROUP BY iteration, stage
ORDER BY iteration, stage = 'final';
