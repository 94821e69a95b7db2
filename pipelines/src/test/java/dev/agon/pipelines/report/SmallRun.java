package dev.agon.pipelines.report;

import java.nio.file.Path;
import java.util.List;

/**
 * A run small enough to compute by hand: four tasks, N = 4, K = 2, G = 2, two votes, two iterations.
 *
 * <pre>
 *      iteration 0   selected   iteration 1   final
 * a    PPFF          0, 3 (PF)  PPPP          0 (P)
 * b    PFFF          0, 2 (PF)  PPFF          0 (P)
 * c    FFFF          0, 2 (FF)  FFFF          0 (F)
 * d    PPPX          0, 2 (PP)  PPPP          0 (P)
 * </pre>
 */
final class SmallRun {

    private SmallRun() {}

    static FixtureRun in(Path folder) {
        FixtureRun run = new FixtureRun(folder);
        List.of("a", "b", "c", "d").forEach(run::task);
        run.rollouts("a", 0, "PPFF", 20, null)
                .rollouts("b", 0, "PFFF", 10, null)
                .rollouts("c", 0, "FFFF", 10, null)
                .rollouts("d", 0, "PPPX", 10, null);
        // Two decidable matches in a, one right and one wrong; one in b, which the coin wins; none in c and d.
        run.match("a", 0, "select", 0, 0, List.of(0, 2), 0, "votes", 0, 0)
                .match("a", 0, "select", 0, 1, List.of(1, 3), 3, "votes", 3, 3)
                .select("a", 0, "select", 0, 3);
        run.match("b", 0, "select", 0, 0, List.of(0, 1), 0, "coin", 0, 1, 0, 1)
                .match("b", 0, "select", 0, 1, List.of(2, 3), 2, "identical")
                .select("b", 0, "select", 0, 2);
        run.match("c", 0, "select", 0, 0, List.of(0, 1), 0, "votes", 0, -1)
                .match("c", 0, "select", 0, 1, List.of(2, 3), 2, "tie_break", 2, 3, 2, 2)
                .select("c", 0, "select", 0, 2);
        run.match("d", 0, "select", 0, 0, List.of(0, 1), 0, "votes", 0, 0)
                .match("d", 0, "select", 0, 1, List.of(2), 2, "bye")
                .select("d", 0, "select", 0, 2);
        run.context("a/1/shared", "a", 1, 0, 3)
                .context("b/1/shared", "b", 1, 0, 2)
                .context("c/1/shared", "c", 1, 0, 2)
                .context("d/1/shared", "d", 1, 0, 2);
        run.rollouts("a", 1, "PPPP", 5, "a/1/shared")
                .rollouts("b", 1, "PPFF", 5, "b/1/shared")
                .rollouts("c", 1, "FFFF", 5, "c/1/shared")
                .rollouts("d", 1, "PPPP", 5, "d/1/shared");
        for (String task : List.of("a", "c", "d")) {
            run.match(task, 1, "final", 0, 0, List.of(0, 1), 0, "identical")
                    .match(task, 1, "final", 0, 1, List.of(2, 3), 2, "identical")
                    .match(task, 1, "final", 1, 0, List.of(0, 2), 0, "identical")
                    .select(task, 1, "final", 0);
        }
        // b meets three decidable matches and gets the second wrong.
        run.match("b", 1, "final", 0, 0, List.of(0, 2), 0, "votes", 0, 0)
                .match("b", 1, "final", 0, 1, List.of(1, 3), 3, "votes", 3, 3)
                .match("b", 1, "final", 1, 0, List.of(0, 3), 0, "votes", 0, -1)
                .select("b", 1, "final", 0);
        run.failure("vote", "c/0/select/0/0/1", "c", "model", "no answer");
        run.failure("tasks", "tasks.jsonl:3", null, "bad_input", "not a JSON object");
        return run;
    }
}
