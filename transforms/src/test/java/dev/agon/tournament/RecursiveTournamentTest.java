package dev.agon.tournament;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.ModelConfig;
import dev.agon.prompts.Prompts;
import dev.agon.runtime.Budget;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.RunScopes;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Match;
import dev.agon.schemas.Selection;
import dev.agon.schemas.TableName;
import dev.agon.schemas.Vote;
import dev.agon.tables.RowsOf;
import dev.agon.tables.WithRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

class RecursiveTournamentTest {

    private final Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    private Budget budget = Budget.NONE;

    // What counts progress and money in the background may write there after the pipeline has ended.
    @TempDir(deletionStrategy = TempDirDeletionStrategy.IgnoreFailures.class)
    Path folder;

    @Test
    void populationsOfAllSizesEndAtTheTarget() {
        int[] populations = {1, 2, 3, 4, 5, 8, 13, 16};
        List<Contender> contenders = new ArrayList<>();
        for (int population : populations) {
            for (int index = 0; index < population; index++) {
                contenders.add(contender("task" + population, index));
            }
        }
        WithRows<Contender> result = run(contenders, TournamentPlan.select(4, 2, 16, true));
        PAssert.that(RowsOf.table(result, TableName.SELECTIONS, Selection.class))
                .satisfies(rows -> {
                    Map<String, List<Selection>> byTask = StreamSupport.stream(rows.spliterator(), false)
                            .collect(Collectors.groupingBy(Selection::getTaskId));
                    assertThat(byTask).hasSize(populations.length);
                    byTask.forEach((task, survivors) -> {
                        int population = Integer.parseInt(task.substring("task".length()));
                        assertThat(survivors).as(task).hasSize(Math.min(4, population));
                        assertThat(survivors).extracting(Selection::getRank).doesNotHaveDuplicates();
                        assertThat(survivors)
                                .extracting(Selection::getRolloutId)
                                .doesNotHaveDuplicates();
                    });
                    return null;
                });
        PAssert.that(RowsOf.table(result, TableName.MATCHES, Match.class)).satisfies(rows -> {
            Map<String, Long> matches = StreamSupport.stream(rows.spliterator(), false)
                    .collect(Collectors.groupingBy(Match::getTaskId, Collectors.counting()));
            // 16: 8 + 4; 13: 7 + 4; 8: 4; 5: 4 of which 3 byes; 4 and fewer: none.
            assertThat(matches).isEqualTo(Map.of("task16", 12L, "task13", 11L, "task8", 4L, "task5", 4L));
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    @Test
    void aTournamentThatGoesOnPlaysTheRoundsThatAreLeft() {
        List<Contender> contenders = new ArrayList<>();
        for (int index = 0; index < 16; index++) {
            contenders.add(contender("sixteen", index));
            contenders.add(contender("equal", index));
        }
        contenders.stream()
                .filter(each -> each.getTaskId().equals("equal"))
                .forEach(each -> each.setSubmissionHash("the same"));
        TournamentPlan toFour = TournamentPlan.select(4, 2, 16, true);
        RunScope scope = RunScopes.begun(folder, "test", "1", budget);
        JudgeConfig judge =
                new JudgeConfig(new ModelConfig("repair", "repair", 1, null, 1_000), Prompts.SHIPPED, 3, false);
        WithRows<Contender> four = pipeline.apply(
                        Create.of(contenders).withType(org.apache.beam.sdk.values.TypeDescriptor.of(Contender.class)))
                .apply("ToFour", RecursiveTournament.of(toFour, judge, scope));
        WithRows<Contender> one = four.output()
                .apply("ToOne", RecursiveTournament.of(toFour.goOn(TournamentPlan.SELECT_ONE), judge, scope));
        PAssert.that(RowsOf.table(one, TableName.MATCHES, Match.class)).satisfies(rows -> {
            assertThat(rows)
                    .extracting(Match::getMatchId)
                    .containsExactlyInAnyOrder(
                            "sixteen/0/select_one/2/0", "sixteen/0/select_one/2/1", "sixteen/0/select_one/3/0");
            return null;
        });
        PAssert.that(four.output()).satisfies(survivors -> {
            assertThat(survivors).hasSize(8);
            return null;
        });
        PAssert.that(RowsOf.table(one, TableName.SELECTIONS, Selection.class)).satisfies(rows -> {
            assertThat(rows)
                    .extracting(row -> row.getTaskId() + " " + row.getStage() + " " + row.getRank())
                    .containsExactlyInAnyOrder("sixteen select_one 1", "equal select_one 1");
            return null;
        });
        pipeline.run().waitUntilFinish();
    }

    @Test
    void noContendersIsNoTournament() {
        WithRows<Contender> result = run(List.of(), TournamentPlan.finale(2, 1, true));
        PAssert.that(result.output()).empty();
        PAssert.that(RowsOf.table(result, TableName.MATCHES, Match.class)).empty();
        PAssert.that(RowsOf.table(result, TableName.VOTES, Vote.class)).empty();
        PAssert.that(RowsOf.table(result, TableName.FAILURES, Failure.class)).empty();
        pipeline.run().waitUntilFinish();
    }

    @Test
    void aStoppedRunSelectsNothingFromAPopulationThatTheStopCutShort() {
        budget = new Budget(0.0, null);
        List<Contender> contenders = new ArrayList<>();
        for (int index = 0; index < 3; index++) {
            contenders.add(contender("short", index));
        }
        WithRows<Contender> result = run(contenders, TournamentPlan.finale(2, 4, true));
        PAssert.that(result.output()).empty();
        PAssert.that(RowsOf.table(result, TableName.SELECTIONS, Selection.class))
                .empty();
        PAssert.that(RowsOf.table(result, TableName.MATCHES, Match.class)).empty();
        PAssert.that(RowsOf.table(result, TableName.VOTES, Vote.class)).empty();
        PAssert.that(RowsOf.table(result, TableName.FAILURES, Failure.class)).empty();
        pipeline.run().waitUntilFinish();
    }

    @Test
    void aPopulationThatAllSurviveIsCutShortByAStopToo() {
        budget = new Budget(0.0, null);
        List<Contender> contenders = List.of(contender("short", 0), contender("whole", 0), contender("whole", 1));
        WithRows<Contender> result = run(contenders, TournamentPlan.select(2, 2, 2, true));
        PAssert.that(RowsOf.table(result, TableName.SELECTIONS, Selection.class))
                .satisfies(rows -> {
                    assertThat(rows)
                            .extracting(Selection::getRolloutId)
                            .containsExactlyInAnyOrder("whole/0/0", "whole/0/1");
                    return null;
                });
        pipeline.run().waitUntilFinish();
    }

    @Test
    void aRunThatIsNotStoppedSelectsFromWhatInfrastructureLeft() {
        WithRows<Contender> result = run(List.of(contender("short", 0)), TournamentPlan.finale(2, 4, true));
        PAssert.that(RowsOf.table(result, TableName.SELECTIONS, Selection.class))
                .satisfies(rows -> {
                    assertThat(rows).extracting(Selection::getRolloutId).containsExactly("short/0/0");
                    return null;
                });
        pipeline.run().waitUntilFinish();
    }

    private WithRows<Contender> run(List<Contender> contenders, TournamentPlan plan) {
        RunScope scope = RunScopes.begun(folder, "test", "1", budget);
        JudgeConfig judge =
                new JudgeConfig(new ModelConfig("repair", "repair", 1, null, 1_000), Prompts.SHIPPED, 3, false);
        return pipeline.apply(
                        Create.of(contenders).withType(org.apache.beam.sdk.values.TypeDescriptor.of(Contender.class)))
                .apply(RecursiveTournament.of(plan, judge, scope));
    }

    private static Contender contender(String task, int index) {
        return Contender.newBuilder(BracketTest.contender(index))
                .setTaskId(task)
                .setRolloutId(task + "/0/" + index)
                .build();
    }
}
