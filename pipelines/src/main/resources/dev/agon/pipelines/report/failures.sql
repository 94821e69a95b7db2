-- Failures
-- Elements that could not be processed, by step and kind, with one message of each.
SELECT
    step,
    kind,
    count(*) AS elements,
    count(DISTINCT task_id) AS tasks,
    max(attempts) AS most_attempts,
    arg_min(message, element_id) AS example,
    min(element_id) AS example_element
FROM failures
GROUP BY step, kind
ORDER BY count(*) DESC, step, kind;
