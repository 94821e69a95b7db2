-- Estimates and their 95 % intervals, as macros over a group of rows with one row per task. Tasks are what was sampled: the rollouts, matches or
-- votes of one task are not independent. Throughout, y is what counts in a task, n out of how much, trials the observations behind it.
-- A mean over tasks, in which each task weighs the same, has n = 1 and y = the task's own mean.

CREATE MACRO ratio(y, n) AS sum(y) / sum(n)::DOUBLE;

-- Variance of the ratio, between tasks (linearised): sum((y - ratio * n)^2) / sum(n)^2.
CREATE MACRO ratio_variance(y, n) AS
    greatest(0, sum(y * y) - 2 * ratio(y, n) * sum(y * n) + ratio(y, n) ^ 2 * sum(n * n)) / sum(n)::DOUBLE ^ 2;

-- Independent observations that would give the same variance. At a ratio of 0 or 1, and with one task, nothing can be learnt of the variance and
-- each task is one observation; there are never more than there are trials.
CREATE MACRO effective_size(y, n, trials) AS
    CASE
        WHEN count(*) = 1 OR sum(y) = 0 OR sum(y) = sum(n) THEN count(*)::DOUBLE
        WHEN ratio_variance(y, n) = 0 THEN sum(trials)::DOUBLE
        ELSE greatest(1, least(sum(trials)::DOUBLE, ratio(y, n) * (1 - ratio(y, n)) / ratio_variance(y, n)))
    END;

-- Student's quantile for 95 %, by its series in 1 / freedom (Abramowitz and Stegun 26.7.5): exact to 0.001 from 4 on; below, the table.
CREATE MACRO student(freedom) AS
    CASE freedom
        WHEN 1 THEN 12.706205
        WHEN 2 THEN 4.302653
        WHEN 3 THEN 3.182446
        ELSE 1.959964 + 2.372271 / freedom + 2.822501 / freedom ^ 2 + 2.555852 / freedom ^ 3 + 1.589536 / freedom ^ 4
    END;

-- Wilson's score interval of a share p seen in n observations, z standard errors wide: never empty, never outside 0 to 1, and it holds p whatever the
-- rounding. Null when p is: greatest and least skip nulls.
CREATE MACRO wilson_centre(p, n, z) AS (p + z ^ 2 / (2 * n)) / (1 + z ^ 2 / n);
CREATE MACRO wilson_margin(p, n, z) AS z * sqrt(p * (1 - p) / n + z ^ 2 / (4 * n * n)) / (1 + z ^ 2 / n);
CREATE MACRO wilson_low(p, n, z) AS CASE WHEN p IS NOT NULL THEN greatest(0, least(p, wilson_centre(p, n, z) - wilson_margin(p, n, z))) END;
CREATE MACRO wilson_high(p, n, z) AS CASE WHEN p IS NOT NULL THEN least(1, greatest(p, wilson_centre(p, n, z) + wilson_margin(p, n, z))) END;

-- The interval of a ratio: Wilson's, for as many observations as there effectively are. Where tasks hold several trials the variance was learnt from
-- the tasks, and it is as wide as Student's quantile says (StatisticsTest has its coverage).
CREATE MACRO clustered(trials) AS count(*) > 1 AND sum(trials) > count(*);
CREATE MACRO share_size(y, n, trials) AS effective_size(y, n, trials) * CASE WHEN clustered(trials) THEN 1 - 1 / count(*)::DOUBLE ELSE 1 END;
CREATE MACRO share_width(trials) AS CASE WHEN clustered(trials) THEN student(count(*) - 1) ELSE 1.959964 END;
CREATE MACRO share_low(y, n, trials) AS wilson_low(ratio(y, n), share_size(y, n, trials), share_width(trials));
CREATE MACRO share_high(y, n, trials) AS wilson_high(ratio(y, n), share_size(y, n, trials), share_width(trials));

-- Interval of a mean paired difference d in -1 to 1, one d a task: Student's over tasks, which holds for pairs of 0 and 1 as for pairs of means
-- (StatisticsTest has its coverage). Where all tasks differ alike it would be empty; there one task that gained everything and one that lost everything
-- are added, as Bonett and Price (2012) do for pairs of 0 and 1.
CREATE MACRO paired_alike(d) AS count(*) = 1 OR min(d) = max(d);
CREATE MACRO paired_centre(d) AS CASE WHEN paired_alike(d) THEN sum(d) / (count(*) + 2)::DOUBLE ELSE avg(d) END;
CREATE MACRO paired_margin(d) AS
    CASE
        WHEN paired_alike(d) THEN 1.959964 * sqrt(((sum(d * d) + 2) / (count(*) + 2) - (sum(d) / (count(*) + 2)) ^ 2) / (count(*) + 2))
        ELSE student(count(*) - 1) * stddev_samp(d) / sqrt(count(*))
    END;
CREATE MACRO paired_low(d) AS greatest(-1, paired_centre(d) - paired_margin(d));
CREATE MACRO paired_high(d) AS least(1, paired_centre(d) + paired_margin(d));

-- Chance that at least one of k drawn from n rollouts passes when c of the n do, unbiased: 1 - C(n - c, k) / C(n, k), as a product that cannot overflow.
CREATE MACRO pass_at(n, c, k) AS
    CASE
        WHEN k > n THEN NULL
        WHEN n - c < k THEN 1.0
        ELSE 1 - coalesce(list_aggregate(list_transform(range(n - c + 1, n + 1), lambda j: 1 - k / j::DOUBLE), 'product'), 1.0)
    END;

-- What tokens cost; null where it is unknown: tokens that cost nothing in a run with a model without a price (the variable unpriced).
CREATE MACRO known_usd(usd, tokens) AS CASE WHEN getvariable('unpriced') AND usd = 0 AND tokens > 0 THEN NULL ELSE usd END;
