package dev.agon.pipelines.plan;

import java.util.List;
import java.util.Optional;

/**
 * The 95 % interval of a sum over new tasks, computed from tasks that were seen. It is as wide as two uncertainties make it: the mean
 * is known from few tasks only, and the new tasks differ from one another. It uses Student's t with tasks as the sampling unit.
 *
 * @param low 0 or more
 */
record TaskInterval(double low, double high) {

    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    /**
     * The interval of the sum.
     *
     * @param seen what each task that was seen has
     * @param tasks how many tasks are summed up
     * @return empty when fewer than two tasks were seen, since they show no spread
     */
    static Optional<TaskInterval> of(List<Double> seen, int tasks) {
        int n = seen.size();
        if (n < 2) {
            return Optional.empty();
        }
        double mean = seen.stream().mapToDouble(each -> each).average().orElseThrow();
        double squares =
                seen.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
        double deviation = Math.sqrt(squares / (n - 1));
        double margin = t(n - 1) * deviation * Math.sqrt((double) tasks * tasks / n + tasks);
        return Optional.of(new TaskInterval(Math.max(0, tasks * mean - margin), tasks * mean + margin));
    }

    /** The two-sided 95 % point of Student's t. Beyond the table it is approximated by an expansion around the normal distribution. */
    static double t(int freedom) {
        return freedom <= T.length
                ? T[freedom - 1]
                : 1.959964 + 2.3723 / freedom + 2.8225 / ((double) freedom * freedom);
    }
}
