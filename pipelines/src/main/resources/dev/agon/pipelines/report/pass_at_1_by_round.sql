-- pass@1 by round of the tournament
-- Mean over tasks of the share of graded survivors that pass, after each round; after 0 rounds stand all that entered. Of equal submissions that were
-- merged one stands for all once a round is played. A tournament that goes on where another ended counts its rounds on. A task whose tournament
-- took fewer rounds keeps its survivors; one whose tournament was left undecided has no part.
WITH tournaments AS (
    SELECT DISTINCT
        iteration,
        stage,
        stage <> 'select' AND iteration IN (SELECT iteration FROM selections WHERE stage = 'select') AS goes_on
    FROM selections
),
match_rounds AS (
    SELECT
        iteration,
        stage,
        task_id,
        round - min(round) OVER (PARTITION BY iteration, stage, task_id) + 1 AS step,
        winner
    FROM matches
),
played AS (
    SELECT decided.*, tournaments.goes_on, coalesce(rounds.rounds, 0) AS rounds
    FROM (SELECT DISTINCT iteration, stage, task_id FROM selections) AS decided
    JOIN tournaments ON tournaments.iteration = decided.iteration AND tournaments.stage = decided.stage
    LEFT JOIN (SELECT iteration, stage, task_id, max(step) AS rounds FROM match_rounds GROUP BY iteration, stage, task_id) AS rounds
        ON rounds.iteration = decided.iteration AND rounds.stage = decided.stage AND rounds.task_id = decided.task_id
),
lengths AS (SELECT iteration, stage, goes_on, max(rounds) AS rounds FROM played GROUP BY iteration, stage, goes_on),
steps AS (
    SELECT lengths.iteration, lengths.stage, coalesce(before.rounds, 0) AS before, unnest(range(0, lengths.rounds + 1)) AS step
    FROM lengths
    LEFT JOIN lengths AS before ON before.iteration = lengths.iteration AND before.stage = 'select' AND lengths.goes_on
),
survivors AS (
    SELECT played.iteration, played.stage, played.task_id, 0 AS step, summaries.rollout_id
    FROM played
    JOIN summaries ON summaries.iteration = played.iteration AND summaries.task_id = played.task_id
    WHERE NOT played.goes_on
    UNION ALL
    SELECT played.iteration, played.stage, played.task_id, 0, selections.rollout_id
    FROM played
    JOIN selections
        ON selections.iteration = played.iteration AND selections.task_id = played.task_id AND selections.stage = 'select'
    WHERE played.goes_on
    UNION ALL
    SELECT played.iteration, played.stage, played.task_id, match_rounds.step, match_rounds.winner
    FROM played
    JOIN match_rounds
        ON match_rounds.iteration = played.iteration AND match_rounds.stage = played.stage AND match_rounds.task_id = played.task_id
    WHERE match_rounds.step < played.rounds
    UNION ALL
    SELECT played.iteration, played.stage, played.task_id, steps.step, selections.rollout_id
    FROM played
    JOIN steps
        ON steps.iteration = played.iteration AND steps.stage = played.stage AND steps.step >= greatest(1, played.rounds)
    JOIN selections
        ON selections.iteration = played.iteration AND selections.stage = played.stage AND selections.task_id = played.task_id
),
verdicts AS (
    SELECT
        survivors.iteration,
        survivors.stage,
        survivors.step,
        survivors.task_id,
        count(*) AS survivors,
        count(grades.resolved) AS graded,
        count(*) FILTER (grades.resolved) AS resolved
    FROM survivors
    LEFT JOIN grades ON grades.rollout_id = survivors.rollout_id
    GROUP BY survivors.iteration, survivors.stage, survivors.step, survivors.task_id
)
SELECT
    verdicts.iteration,
    verdicts.stage,
    steps.before + verdicts.step AS rounds,
    count(*) AS tasks,
    sum(survivors)::BIGINT AS survivors,
    ratio(resolved / graded::DOUBLE, 1) AS pass_at_1,
    share_low(resolved / graded::DOUBLE, 1, graded) AS low,
    share_high(resolved / graded::DOUBLE, 1, graded) AS high
FROM verdicts
JOIN steps ON steps.iteration = verdicts.iteration AND steps.stage = verdicts.stage AND steps.step = verdicts.step
WHERE graded > 0
GROUP BY verdicts.iteration, verdicts.stage, steps.before, verdicts.step
ORDER BY verdicts.iteration, verdicts.stage <> 'select', verdicts.stage, rounds;
