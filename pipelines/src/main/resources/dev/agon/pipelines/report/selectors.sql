-- The tournament beside simple rules
-- pass@1 of what each rule selects from the same rollouts, over the tasks in which the tournament went down to one, and its difference to the
-- tournament (paired by task, Student's interval). Random is the mean over all rollouts; the oracle picks a passing one wherever there is one.
WITH winners AS (
    SELECT selections.iteration, selections.task_id, grades.resolved::INTEGER AS won
    FROM selections
    JOIN grades ON grades.rollout_id = selections.rollout_id
    WHERE selections.stage IN ('final', 'select_one') AND selections."rank" = 1
),
candidates AS (
    SELECT summaries.iteration, summaries.task_id, avg(grades.resolved::INTEGER) AS mean, max(grades.resolved::INTEGER) AS best
    FROM summaries
    JOIN grades ON grades.rollout_id = summaries.rollout_id
    GROUP BY summaries.iteration, summaries.task_id
),
picks AS (
    SELECT 'tournament' AS selector, iteration, task_id, won::DOUBLE AS value FROM winners
    UNION ALL
    SELECT 'random', iteration, task_id, mean FROM candidates
    UNION ALL
    SELECT 'oracle', iteration, task_id, best FROM candidates
    UNION ALL
    SELECT replace(selector, '_', ' '), selectors.iteration, selectors.task_id, grades.resolved::INTEGER
    FROM selectors
    JOIN grades ON grades.rollout_id = selectors.rollout_id
    WHERE selector <> 'random'
)
SELECT
    picks.iteration,
    picks.selector,
    count(*) AS tasks,
    ratio(value, 1) AS pass_at_1,
    share_low(value, 1, 1) AS low,
    share_high(value, 1, 1) AS high,
    CASE WHEN picks.selector <> 'tournament' THEN avg(value - won) END AS difference,
    CASE WHEN picks.selector <> 'tournament' THEN paired_low(value - won) END AS difference_low,
    CASE WHEN picks.selector <> 'tournament' THEN paired_high(value - won) END AS difference_high
FROM picks
JOIN winners ON winners.iteration = picks.iteration AND winners.task_id = picks.task_id
GROUP BY picks.iteration, picks.selector
ORDER BY picks.iteration, picks.selector <> 'tournament', picks.selector = 'oracle', pass_at_1 DESC, picks.selector;
