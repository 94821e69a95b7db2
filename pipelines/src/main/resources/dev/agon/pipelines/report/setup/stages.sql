-- Views that several figures share: what became of every slot, and which slots stand for a task at each stage of the run.

-- One row a slot (task, iteration, index). graded: counts in every pass@1. failed: an infrastructure failure of the rollout or of its grading,
-- which is no fault of the agent; in a corpus with outcomes, an attempt that has none. stopped: the run ended before the slot was done. ungraded: a
-- rollout without any verdict.
CREATE VIEW slots AS
WITH broken AS (
    SELECT element_id, step, any_value(task_id) AS task_id, bool_and(kind = 'stopped') AS stopped
    FROM failures
    WHERE step IN ('rollout', 'grade')
    GROUP BY element_id, step
)
SELECT
    rollouts.rollout_id,
    rollouts.task_id,
    rollouts.iteration,
    CASE
        WHEN grades.resolved IS NOT NULL THEN 'graded'
        WHEN rollouts.outcome = 'stopped' OR broken.stopped THEN 'stopped'
        WHEN broken.element_id IS NOT NULL THEN 'failed'
        WHEN rollouts.source IS NOT NULL AND EXISTS (FROM grades) THEN 'failed'
        ELSE 'ungraded'
    END AS status,
    grades.resolved,
    rollouts.outcome <> 'stopped' AS finished
FROM rollouts
LEFT JOIN grades ON grades.rollout_id = rollouts.rollout_id
LEFT JOIN broken ON broken.element_id = rollouts.rollout_id AND broken.step = 'grade'
UNION ALL
SELECT
    element_id,
    coalesce(task_id, regexp_replace(element_id, '/\d+/\d+$', '')),
    TRY_CAST(regexp_extract(element_id, '/(\d+)/\d+$', 1) AS INTEGER),
    CASE WHEN stopped THEN 'stopped' ELSE 'failed' END,
    NULL,
    false
FROM broken
WHERE step = 'rollout'
    AND regexp_matches(element_id, '/\d+/\d+$')
    AND element_id NOT IN (SELECT rollout_id FROM rollouts);

-- One row for each slot that stands for its task at a stage: all slots of an iteration, those selected from it, the final winner. A task that
-- lost every slot to failures has nothing to select; it stands as one failed row, so that it can be counted as unresolved.
CREATE VIEW stage_slots AS
WITH present AS (
    SELECT 'iteration' AS stage, iteration, task_id, status, resolved FROM slots
    UNION ALL
    SELECT
        CASE selections.stage WHEN 'select' THEN 'selected' ELSE selections.stage END,
        selections.iteration,
        selections.task_id,
        coalesce(slots.status, 'ungraded'),
        slots.resolved
    FROM selections
    LEFT JOIN slots ON slots.rollout_id = selections.rollout_id
),
lost AS (
    SELECT task_id
    FROM slots
    GROUP BY task_id
    HAVING bool_or(status = 'failed') AND NOT bool_or(status = 'stopped')
),
finished AS (SELECT DISTINCT task_id, iteration FROM slots WHERE finished)
SELECT * FROM present
UNION ALL
SELECT stages.stage, stages.iteration, lost.task_id, 'failed', NULL
FROM (SELECT DISTINCT stage, iteration FROM present) AS stages
CROSS JOIN lost
ANTI JOIN present
    ON present.stage = stages.stage AND present.iteration = stages.iteration AND present.task_id = lost.task_id
ANTI JOIN finished ON finished.iteration = stages.iteration AND finished.task_id = lost.task_id;

-- One row a stage and task: how its slots ended.
CREATE VIEW stage_tasks AS
SELECT
    stage,
    iteration,
    task_id,
    count(*) FILTER (status = 'graded') AS graded,
    count(*) FILTER (resolved) AS resolved,
    count(*) FILTER (status = 'failed') AS failed,
    count(*) FILTER (status = 'stopped') AS stopped,
    count(*) FILTER (status = 'ungraded') AS ungraded
FROM stage_slots
GROUP BY stage, iteration, task_id;

-- One row a vote that counts and that the judge answered, readably or not. The others were not cast, for reasons of infrastructure.
CREATE VIEW answered_votes AS SELECT * FROM votes WHERE purpose <> 'attack' AND (valid OR reply IS NOT NULL);

-- One row a match in which the judge was asked and could be right or wrong: all that stood before it are graded, at least one passes and one fails, and
-- every vote was answered: what fewer votes decide says nothing of as many as were to be cast. chance is the share of passing ones.
CREATE VIEW decidable_matches AS
WITH judged AS (
    SELECT DISTINCT match_id, unnest(represented_by) AS rollout_id
    FROM matches
    WHERE decided_by IN ('votes', 'tie_break', 'coin')
),
verdicts AS (
    SELECT judged.match_id, count(*) AS candidates, count(grades.resolved) AS graded, avg(grades.resolved::INTEGER) AS chance
    FROM judged
    LEFT JOIN grades ON grades.rollout_id = judged.rollout_id
    GROUP BY judged.match_id
)
SELECT
    matches.match_id,
    matches.task_id,
    matches.iteration,
    matches.stage,
    matches.round,
    winners.resolved AS won_by_passing,
    verdicts.chance
FROM verdicts
JOIN matches ON matches.match_id = verdicts.match_id
JOIN grades AS winners ON winners.rollout_id = matches.winner
ANTI JOIN (SELECT match_id FROM votes WHERE NOT valid AND reply IS NULL AND purpose <> 'attack') AS unanswered ON unanswered.match_id = matches.match_id
WHERE verdicts.graded = verdicts.candidates AND verdicts.chance > 0 AND verdicts.chance < 1;
