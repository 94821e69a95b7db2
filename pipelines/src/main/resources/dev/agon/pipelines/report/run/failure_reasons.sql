-- What failed, by reason, the most frequent first. Messages that differ in ids and numbers alone are one reason.
WITH reasons AS (
    SELECT
        *,
        regexp_replace(
            coalesce(replace(replace(message, element_id, ''), nullif(task_id, ''), ''), message),
            '\b[0-9a-f]{8,}\b|\d+',
            '',
            'g') AS reason
    FROM failures
)
SELECT
    step,
    kind,
    count(*) AS elements,
    arg_min(message, element_id) AS example,
    min(element_id) AS example_element,
    string_agg(element_id, chr(10) ORDER BY element_id) AS ids
FROM reasons
GROUP BY step, kind, reason
ORDER BY kind = 'stopped', count(*) DESC, step, kind, min(element_id)
