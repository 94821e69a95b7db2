-- pass@1 by stage
-- Mean over tasks of the share that passes the hidden check: of all rollouts of an iteration, of those that the tournament selected from it, of the
-- one where it went on to one, of the final winner; the oracle picks a passing rollout wherever there is one. "Graded" leaves infrastructure failures
-- out, "failures unresolved" counts them as not passing. Intervals are 95 % (Wilson's, with the effective sample size of clustering by task).
WITH units AS (
    SELECT stage, iteration, task_id, graded, failed, resolved, graded AS trials, graded + failed AS all_trials
    FROM stage_tasks
    UNION ALL
    SELECT
        'oracle',
        iteration,
        task_id,
        least(graded, 1),
        CASE WHEN graded = 0 THEN least(failed, 1) ELSE 0 END,
        least(resolved, 1),
        1,
        1
    FROM stage_tasks
    WHERE stage = 'iteration'
),
means AS (
    SELECT stage, iteration, 'graded' AS basis, resolved / graded::DOUBLE AS mean, trials FROM units WHERE graded > 0
    UNION ALL
    SELECT stage, iteration, 'all', resolved / (graded + failed)::DOUBLE, all_trials FROM units WHERE graded + failed > 0
),
estimates AS (
    SELECT stage, iteration, basis, count(*) AS tasks, ratio(mean, 1) AS mean, share_low(mean, 1, trials) AS low, share_high(mean, 1, trials) AS high
    FROM means
    GROUP BY stage, iteration, basis
),
counts AS (
    SELECT
        stage,
        iteration,
        sum(graded)::BIGINT AS graded,
        sum(resolved)::BIGINT AS resolved,
        sum(failed)::BIGINT AS failed
    FROM units
    GROUP BY stage, iteration
)
SELECT
    CASE counts.stage
        WHEN 'iteration' THEN 'iteration ' || counts.iteration
        WHEN 'selected' THEN 'selected from iteration ' || counts.iteration
        WHEN 'select_one' THEN 'one selected from iteration ' || counts.iteration
        WHEN 'final' THEN 'final'
        WHEN 'oracle' THEN 'oracle of iteration ' || counts.iteration
    END AS label,
    counts.stage,
    counts.iteration,
    coalesce(graded.tasks, 0) AS tasks,
    counts.graded,
    counts.resolved,
    counts.failed,
    graded.mean AS pass_at_1,
    graded.low,
    graded.high,
    -- Without a single verdict there is nothing to say, however many slots failed.
    CASE WHEN graded.tasks > 0 THEN every.mean END AS pass_at_1_all,
    CASE WHEN graded.tasks > 0 THEN every.low END AS low_all,
    CASE WHEN graded.tasks > 0 THEN every.high END AS high_all
FROM counts
LEFT JOIN estimates AS graded
    ON graded.stage = counts.stage AND graded.iteration = counts.iteration AND graded.basis = 'graded'
LEFT JOIN estimates AS every ON every.stage = counts.stage AND every.iteration = counts.iteration AND every.basis = 'all'
ORDER BY
    counts.stage = 'oracle',
    counts.iteration,
    CASE counts.stage WHEN 'iteration' THEN 0 WHEN 'selected' THEN 1 WHEN 'select_one' THEN 2 WHEN 'final' THEN 3 ELSE 4 END;
