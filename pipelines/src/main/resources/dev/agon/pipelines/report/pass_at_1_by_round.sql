-- pass@1 by round of the tournament
-- Mean over tasks of the share of graded survivors that pass, after each round; after 0 rounds stand all that entered. A task whose tournament took
-- fewer rounds keeps its survivors; one whose tournament was left undecided has no part.
WITH survivors AS (
    SELECT iteration, stage, task_id, 0 AS rounds, unnest(candidates) AS rollout_id
    FROM matches
    WHERE round = 0
    UNION ALL
    SELECT iteration, stage, task_id, round + 1, winner
    FROM matches
    UNION ALL
    -- A task with no more rollouts than are to survive plays no match.
    SELECT iteration, stage, task_id, 0, rollout_id
    FROM selections
    ANTI JOIN matches
        ON matches.iteration = selections.iteration AND matches.stage = selections.stage AND matches.task_id = selections.task_id
),
played AS (
    SELECT iteration, stage, task_id, max(rounds) AS rounds
    FROM survivors
    SEMI JOIN selections
        ON selections.iteration = survivors.iteration AND selections.stage = survivors.stage AND selections.task_id = survivors.task_id
    GROUP BY iteration, stage, task_id
),
steps AS (
    SELECT iteration, stage, unnest(range(0, max(rounds) + 1)) AS rounds
    FROM played
    GROUP BY iteration, stage
),
verdicts AS (
    SELECT
        steps.iteration,
        steps.stage,
        steps.rounds,
        survivors.task_id,
        count(*) AS survivors,
        count(grades.resolved) AS graded,
        count(*) FILTER (grades.resolved) AS resolved
    FROM steps
    JOIN played ON played.iteration = steps.iteration AND played.stage = steps.stage
    JOIN survivors
        ON survivors.iteration = steps.iteration
        AND survivors.stage = steps.stage
        AND survivors.task_id = played.task_id
        AND survivors.rounds = least(steps.rounds, played.rounds)
    LEFT JOIN grades ON grades.rollout_id = survivors.rollout_id
    GROUP BY steps.iteration, steps.stage, steps.rounds, survivors.task_id
)
SELECT
    iteration,
    stage,
    rounds,
    count(*) AS tasks,
    sum(survivors)::BIGINT AS survivors,
    ratio(resolved / graded::DOUBLE, 1) AS pass_at_1,
    wilson_low(ratio(resolved / graded::DOUBLE, 1), effective_size(resolved / graded::DOUBLE, 1, graded)) AS low,
    wilson_high(ratio(resolved / graded::DOUBLE, 1), effective_size(resolved / graded::DOUBLE, 1, graded)) AS high
FROM verdicts
WHERE graded > 0
GROUP BY iteration, stage, rounds
ORDER BY iteration, stage = 'final', rounds;
