package dev.agon.pipelines.plan;

import dev.agon.pipelines.config.Experiment;
import dev.agon.refine.ContextMode;
import dev.agon.tournament.Bracket;
import java.util.ArrayList;
import java.util.List;

/** The matches that the rollouts of one task play when none of them is lost. */
final class Matches {

    private Matches() {}

    /** Sizes of the matches of one task, over all tournaments. */
    static List<Integer> ofTask(Experiment experiment) {
        List<Integer> sizes = new ArrayList<>();
        for (int iteration = 0; iteration < experiment.iterations(); iteration++) {
            sizes.addAll(ofTask(experiment, iteration));
        }
        return sizes;
    }

    /** Sizes of the matches between the rollouts of one task and iteration. */
    static List<Integer> ofTask(Experiment experiment, int iteration) {
        boolean last = iteration == experiment.iterations() - 1;
        if (!last && experiment.context() != ContextMode.SELECT) {
            return List.of();
        }
        Bracket toOne = new Bracket(1, experiment.groupSize());
        if (last) {
            return toOne.matchSizes(experiment.rolloutsPerTask());
        }
        List<Integer> sizes = new ArrayList<>(
                new Bracket(experiment.contextSize(), experiment.groupSize()).matchSizes(experiment.rolloutsPerTask()));
        if (experiment.selectToOne()) {
            sizes.addAll(toOne.matchSizes(Math.min(experiment.contextSize(), experiment.rolloutsPerTask())));
        }
        return sizes;
    }
}
