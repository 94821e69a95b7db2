package dev.agon.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelConfig;
import dev.agon.model.Sampling;
import dev.agon.prompts.Prompts;
import dev.agon.repair.RepairModel;
import dev.agon.runtime.Budget;
import dev.agon.runtime.RunScopes;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Facts;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Selection;
import dev.agon.schemas.TableName;
import dev.agon.summarize.RealTrajectories.Attempted;
import dev.agon.tables.RowsOf;
import dev.agon.tables.WithRows;
import dev.agon.tournament.JudgeConfig;
import dev.agon.tournament.RecursiveTournament;
import dev.agon.tournament.TournamentPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

/**
 * Measures the judge without a model on 225 real attempts at 45 tasks, of which 15 tasks have attempts that passed and attempts that
 * failed. The bounds are sober: 70 pairs of 15 tasks leave wide intervals.
 */
class RepairJudgeOnRealTrajectoriesTest {

    private static final String ARCHIVE = "tb21-mini-swe-agent-dev.tar.gz";
    private static final double PASS_AT_1 = 176.0 / 225;
    private static final int VOTES = 8;
    private static final int RESAMPLES = 4_000;

    private final RepairModel repair = new RepairModel(1);

    // What counts progress and money in the background may write there after the pipeline has ended.
    @TempDir(deletionStrategy = TempDirDeletionStrategy.IgnoreFailures.class)
    Path folder;

    /** Of one task: pairs of one attempt that passed and one that failed, and how often the former won. */
    private static final class Pairs {
        private double pairs;
        private double votesWon;
        private double majoritiesWon;
    }

    @Test
    void attemptsThatPassedWinMostPairs() throws Exception {
        List<Pairs> tasks = new ArrayList<>();
        for (List<Attempted> task : RealTrajectories.of(ARCHIVE).values()) {
            Pairs pairs = pairs(task);
            if (pairs.pairs > 0) {
                tasks.add(pairs);
            }
        }
        assertThat(tasks).hasSize(15);
        assertThat(tasks.stream().mapToDouble(each -> each.pairs).sum()).isEqualTo(70);
        double vote = votes(tasks);
        double majority = tasks.stream().mapToDouble(each -> each.majoritiesWon).sum() / 70;
        double[] interval = interval(tasks);
        System.out.printf(
                Locale.ROOT,
                "Judge `repair` on 70 pairs of 15 tasks: a vote is right with %.3f [%.2f, %.2f], a majority of %d with %.3f%n",
                vote,
                interval[0],
                interval[1],
                VOTES,
                majority);
        assertThat(vote).isGreaterThan(0.60);
        assertThat(majority).isGreaterThan(0.65);
    }

    @Test
    void aTournamentSelectsBetterThanChance() throws Exception {
        List<Contender> contenders = new ArrayList<>();
        Set<String> resolved = new HashSet<>();
        RealTrajectories.of(ARCHIVE).values().stream()
                .flatMap(Collection::stream)
                .forEach(each -> {
                    contenders.add(each.contender());
                    if (each.resolved()) {
                        resolved.add(each.contender().getRolloutId());
                    }
                });
        TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
        WithRows<Contender> result = pipeline.apply(Create.of(contenders).withType(TypeDescriptor.of(Contender.class)))
                .apply(RecursiveTournament.of(
                        TournamentPlan.finale(2, 5, true),
                        new JudgeConfig(
                                new ModelConfig("repair", "repair", 1, null, 1_000), Prompts.SHIPPED, VOTES, false),
                        RunScopes.begun(folder, "real", "1", Budget.NONE)));
        PAssert.that(RowsOf.table(result, TableName.SELECTIONS, Selection.class))
                .satisfies(selections -> {
                    List<Selection> rows = StreamSupport.stream(selections.spliterator(), false)
                            .toList();
                    double right = rows.stream()
                            .filter(row -> resolved.contains(row.getRolloutId()))
                            .count();
                    System.out.printf(
                            Locale.ROOT,
                            "Tournament with judge `repair`: %.4f of 45 selected attempts passed; pass@1 is %.4f%n",
                            right / 45,
                            PASS_AT_1);
                    assertThat(rows).hasSize(45);
                    assertThat(right / 45).isGreaterThan(PASS_AT_1);
                    return null;
                });
        pipeline.run().waitUntilFinish();
    }

    /** The rules have no weights that were fitted here; which of them is the default was chosen, so that choice is made without each task in turn. */
    @Test
    void aRuleThatIsChosenOnTheOtherTasksSelectsBetterThanChance() throws Exception {
        Map<String, ToDoubleFunction<Facts>> rules = new LinkedHashMap<>();
        rules.put("fewest output tokens", facts -> -facts.getOutputTokens());
        rules.put("fewest steps", facts -> -facts.getSteps());
        rules.put("submitted, then fewest steps", facts -> (facts.getSubmitted() ? 1e9 : 0) - facts.getSteps());
        rules.put(
                "submitted, then fewest output tokens",
                facts -> (facts.getSubmitted() ? 1e12 : 0) - facts.getOutputTokens());
        List<List<Attempted>> tasks = List.copyOf(RealTrajectories.of(ARCHIVE).values());
        Map<String, double[]> passed = new LinkedHashMap<>();
        rules.forEach((name, rule) -> passed.put(
                name, tasks.stream().mapToDouble(task -> selected(task, rule)).toArray()));
        double heldOut = 0;
        for (int left = 0; left < tasks.size(); left++) {
            int out = left;
            double[] chosen = passed.values().stream()
                    .max(Comparator.comparingDouble(
                            values -> Arrays.stream(values).sum() - values[out]))
                    .orElseThrow();
            heldOut += chosen[left] / tasks.size();
        }
        passed.forEach((name, values) -> System.out.printf(
                Locale.ROOT,
                "pass@1 of what %s selects: %.3f%n",
                name,
                Arrays.stream(values).average().orElseThrow()));
        System.out.printf(Locale.ROOT, "chosen on the other tasks: %.3f; pass@1 is %.3f%n", heldOut, PASS_AT_1);
        assertThat(heldOut).isGreaterThan(PASS_AT_1 + 0.04);
    }

    /** Share of passing ones among those with the highest score. */
    private static double selected(List<Attempted> task, ToDoubleFunction<Facts> rule) {
        double best = task.stream()
                .mapToDouble(each -> rule.applyAsDouble(each.contender().getFacts()))
                .max()
                .orElseThrow();
        return task.stream()
                .filter(each -> rule.applyAsDouble(each.contender().getFacts()) == best)
                .mapToInt(each -> each.resolved() ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private Pairs pairs(List<Attempted> task) {
        Pairs pairs = new Pairs();
        for (Attempted passed : task) {
            for (Attempted failed : task) {
                if (passed.resolved() && !failed.resolved()) {
                    int won = won(passed.contender(), failed.contender());
                    pairs.pairs++;
                    pairs.votesWon += won / (double) VOTES;
                    pairs.majoritiesWon += 2 * won > VOTES ? 1 : 2 * won == VOTES ? 0.5 : 0;
                }
            }
        }
        return pairs;
    }

    /** Votes for the first, of which it stood first in half. */
    private int won(Contender first, Contender second) {
        int won = 0;
        for (int vote = 0; vote < VOTES; vote++) {
            boolean swapped = vote % 2 == 1;
            List<Facts> shown = swapped
                    ? List.of(second.getFacts(), first.getFacts())
                    : List.of(first.getFacts(), second.getFacts());
            String reply = repair.reply(new ChatRequest(
                                    ChatRequest.Role.JUDGE,
                                    List.of(ChatMessage.user("Choose.")),
                                    new Sampling(
                                            1,
                                            OptionalDouble.empty(),
                                            1_000,
                                            Ids.seed(7, first.getRolloutId(), second.getRolloutId(), vote)))
                            .withFacts(shown))
                    .content();
            won += reply.endsWith(swapped ? "<vote>2</vote>" : "<vote>1</vote>") ? 1 : 0;
        }
        return won;
    }

    private static double votes(List<Pairs> tasks) {
        return tasks.stream().mapToDouble(each -> each.votesWon).sum()
                / tasks.stream().mapToDouble(each -> each.pairs).sum();
    }

    /** 95 %, by drawing tasks anew: pairs of one task are not independent. */
    private static double[] interval(List<Pairs> tasks) {
        SplittableRandom random = new SplittableRandom(1);
        double[] means = new double[RESAMPLES];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            List<Pairs> drawn = new ArrayList<>();
            for (int i = 0; i < tasks.size(); i++) {
                drawn.add(tasks.get(random.nextInt(tasks.size())));
            }
            means[resample] = votes(drawn);
        }
        Arrays.sort(means);
        return new double[] {means[RESAMPLES / 40], means[RESAMPLES - 1 - RESAMPLES / 40]};
    }
}
