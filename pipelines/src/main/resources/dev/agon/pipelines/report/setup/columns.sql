-- The columns that the figures read, as empty tables. A table of a run is the union by name of its Parquet files and of the empty one of the
-- same name here, so that a run without votes, or without any iteration but the first, has every column. Types are those of tables.avdl.

CREATE SCHEMA empty;

CREATE TABLE empty.tasks (task_id VARCHAR, data_set VARCHAR);

CREATE TABLE empty.rollouts (
    rollout_id VARCHAR, task_id VARCHAR, iteration INTEGER, "index" INTEGER, outcome VARCHAR, step_count INTEGER, model_calls INTEGER,
    input_tokens BIGINT, cached_tokens BIGINT, output_tokens BIGINT, cost_usd DOUBLE, cost_usd_paid DOUBLE, duration_ms BIGINT,
    submission VARCHAR, context_id VARCHAR, model VARCHAR, cache_write_tokens BIGINT, source VARCHAR,
    malformed_answers INTEGER, model_calls_paid INTEGER);

CREATE TABLE empty.summaries (
    rollout_id VARCHAR, task_id VARCHAR, iteration INTEGER, representation VARCHAR, model_calls INTEGER, tokens BIGINT, input_tokens BIGINT,
    cached_tokens BIGINT, output_tokens BIGINT, cost_usd DOUBLE, cost_usd_paid DOUBLE, cache_write_tokens BIGINT,
    malformed_answers INTEGER, model_calls_paid INTEGER);

CREATE TABLE empty.votes (
    match_id VARCHAR, task_id VARCHAR, vote INTEGER, purpose VARCHAR, presentation_order VARCHAR[], choice VARCHAR, valid BOOLEAN, reply VARCHAR,
    asks INTEGER, tokens BIGINT, input_tokens BIGINT, cached_tokens BIGINT, output_tokens BIGINT, cost_usd DOUBLE, cost_usd_paid DOUBLE,
    cache_write_tokens BIGINT, malformed_answers INTEGER, model_calls_paid INTEGER, attack VARCHAR, attacked VARCHAR);

CREATE TABLE empty.matches (
    match_id VARCHAR, task_id VARCHAR, iteration INTEGER, stage VARCHAR, round INTEGER, "group" INTEGER, candidates VARCHAR[],
    represented_by VARCHAR[], tally INTEGER[], winner VARCHAR, decided_by VARCHAR, represents INTEGER[]);

CREATE TABLE empty.selections (task_id VARCHAR, iteration INTEGER, stage VARCHAR, "rank" INTEGER, rollout_id VARCHAR);

CREATE TABLE empty.selectors (task_id VARCHAR, iteration INTEGER, selector VARCHAR, rollout_id VARCHAR);

CREATE TABLE empty.contexts (context_id VARCHAR, task_id VARCHAR, iteration INTEGER, rollout_ids VARCHAR[]);

CREATE TABLE empty.grades (rollout_id VARCHAR, task_id VARCHAR, iteration INTEGER, resolved BOOLEAN, reward DOUBLE, reason VARCHAR);

CREATE TABLE empty.failures (
    step VARCHAR, element_id VARCHAR, task_id VARCHAR, kind VARCHAR, message VARCHAR, attempts INTEGER, model_calls INTEGER,
    input_tokens BIGINT, cached_tokens BIGINT, output_tokens BIGINT, cost_usd DOUBLE, cost_usd_paid DOUBLE, model_calls_paid INTEGER);
