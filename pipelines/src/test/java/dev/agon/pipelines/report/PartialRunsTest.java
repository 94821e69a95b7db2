package dev.agon.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of runs that are not complete: what is missing is absent or null, and never a zero. */
class PartialRunsTest {

    @TempDir
    Path folder;

    @Test
    void everyFigureOfARunWithoutAnyFileIsEmpty() throws IOException {
        for (String table : List.of("tasks", "rollouts", "votes")) {
            Files.createDirectories(folder.resolve(table));
        }
        try (RunTables tables = RunTables.open(folder)) {
            for (String name : ReportSections.figures()) {
                assertThat(tables.figure(name).rows()).as(name).isEmpty();
            }
        }
    }

    @Test
    void ungradedRolloutsHaveNoPassRate() throws IOException {
        new FixtureRun(folder)
                .rollouts("a", 0, "UUX")
                .select("a", 0, "final", 1)
                .write();
        try (RunTables tables = RunTables.open(folder)) {
            for (Row row : tables.figure("pass_at_1_by_stage").rows()) {
                assertThat(row.number("pass_at_1")).isEqualTo(OptionalDouble.empty());
                assertThat(row.number("low")).isEqualTo(OptionalDouble.empty());
                assertThat(row.number("pass_at_1_all")).isEqualTo(OptionalDouble.empty());
            }
            Row slots = tables.figure("slots").rows().get(0);
            assertThat(slots.count("ungraded")).hasValue(2);
            assertThat(slots.count("failed")).hasValue(1);
            assertThat(tables.figure("gain_over_iteration_0").rows()).isEmpty();
        }
    }

    @Test
    void aStoppedSlotIsNeitherResolvedNorAFailure() throws IOException {
        new FixtureRun(folder).rollouts("a", 0, "PSSS").rollouts("b", 0, "SSSS").write();
        try (RunTables tables = RunTables.open(folder)) {
            Row stage = tables.figure("pass_at_1_by_stage").rows().get(0);
            assertThat(stage.number("pass_at_1")).hasValue(1);
            assertThat(stage.number("pass_at_1_all")).hasValue(1);
            assertThat(stage.count("tasks")).hasValue(1);
            assertThat(tables.figure("slots").rows().get(0).count("stopped")).hasValue(7);
        }
    }

    @Test
    void aRolloutThatAStopCutShortIsNoFinishedOne() throws IOException {
        new FixtureRun(folder)
                .rollouts("a", 0, "PF", 10, null)
                .rollouts("b", 0, "CC", 1, null)
                .write();
        try (RunTables tables = RunTables.open(folder)) {
            Row steps = tables.figure("steps_by_iteration").rows().get(0);
            assertThat(steps.count("rollouts")).hasValue(2);
            assertThat(steps.number("steps")).hasValue(10);
            assertThat(steps.number("median_steps")).hasValue(10);
            assertThat(steps.number("model_calls")).hasValue(11);
            Row slots = tables.figure("slots").rows().get(0);
            assertThat(slots.count("stopped")).hasValue(2);
            assertThat(slots.count("ungraded")).hasValue(0);
            List<Row> outcomes = tables.figure("outcomes").rows();
            assertThat(outcomes)
                    .extracting(row -> row.text("outcome").orElseThrow())
                    .containsExactly("stopped", "submitted");
            assertThat(outcomes)
                    .extracting(row -> row.number("share"))
                    .containsExactly(OptionalDouble.empty(), OptionalDouble.of(1));
            assertThat(tables.rows("effort_by_task").get(0)).containsEntry("task_id", "a");
        }
    }

    @Test
    void aMatchWithAVoteThatTheJudgeDidNotAnswerSaysNothingOfTheJudge() throws IOException {
        new FixtureRun(folder)
                .rollouts("a", 0, "PF")
                .match("a", 0, "final", 0, 0, List.of(0, 1), 1, "votes", 1, -2)
                .select("a", 0, "final", 1)
                .rollouts("b", 0, "PF")
                .match("b", 0, "final", 0, 0, List.of(0, 1), 0, "votes", 0, -1)
                .select("b", 0, "final", 0)
                .write();
        try (RunTables tables = RunTables.open(folder)) {
            for (String figure : List.of("judge_accuracy", "judge_accuracy_by_votes")) {
                assertThat(tables.figure(figure).rows()).as(figure).isNotEmpty().allSatisfy(row -> {
                    assertThat(row.count("matches")).hasValue(1);
                    assertThat(row.number("accuracy")).hasValue(1);
                });
            }
            Row votes = tables.figure("votes").rows().get(0);
            assertThat(votes.count("votes")).as("answered").hasValue(3);
            assertThat(votes.count("invalid")).as("unreadable").hasValue(1);
            assertThat(votes.count("decidable")).hasValue(1);
            assertThat(votes.number("accuracy")).hasValue(1);
        }
    }

    @Test
    void aTaskThatLostEverySlotIsUnresolvedAtEveryStageButNotGraded() throws IOException {
        new FixtureRun(folder)
                .rollouts("a", 0, "PP")
                .select("a", 0, "final", 0)
                .rollouts("b", 0, "XX")
                .write();
        try (RunTables tables = RunTables.open(folder)) {
            List<Row> stages = tables.figure("pass_at_1_by_stage").rows();
            assertThat(stages)
                    .extracting(row -> row.text("label").orElseThrow())
                    .containsExactly("iteration 0", "final", "oracle of iteration 0");
            for (Row row : stages) {
                assertThat(row.number("pass_at_1")).hasValue(1);
                assertThat(row.number("pass_at_1_all")).hasValue(0.5);
            }
        }
    }

    @Test
    void aRolloutWhoseGradingBrokeIsAFailure() throws IOException {
        new FixtureRun(folder)
                .rollouts("a", 0, "PU")
                .failure("grade", "a/0/1", "a", "grader", "the sandbox was gone")
                .write();
        try (RunTables tables = RunTables.open(folder)) {
            Row stage = tables.figure("pass_at_1_by_stage").rows().get(0);
            assertThat(stage.count("failed")).hasValue(1);
            assertThat(stage.number("pass_at_1")).hasValue(1);
            assertThat(stage.number("pass_at_1_all")).hasValue(0.5);
        }
    }

    @Test
    void aFailedSlotThatSucceededLaterCountsOnce() throws IOException {
        new FixtureRun(folder)
                .rollouts("a", 0, "P")
                .failure("rollout", "a/0/0", "a", "sandbox", "the first attempt broke")
                .write();
        try (RunTables tables = RunTables.open(folder)) {
            assertThat(tables.figure("slots").rows().get(0).count("slots")).hasValue(1);
            assertThat(tables.figure("slots").rows().get(0).count("failed")).hasValue(0);
        }
    }

    @Test
    void aTaskWithoutMatchesKeepsItsSurvivorsInEveryRound() throws IOException {
        new FixtureRun(folder)
                .rollouts("a", 0, "PF")
                .match("a", 0, "final", 0, 0, List.of(0, 1), 0, "votes", 0, 0)
                .select("a", 0, "final", 0)
                .rollouts("b", 0, "F")
                .select("b", 0, "final", 0)
                .write();
        try (RunTables tables = RunTables.open(folder)) {
            assertThat(tables.figure("pass_at_1_by_round").rows())
                    .extracting(row -> row.number("pass_at_1").orElseThrow())
                    .containsExactly(0.25, 0.5);
        }
    }

    @Test
    void aTaskWhoseTournamentWasLeftUndecidedIsInNoRound() throws IOException {
        new FixtureRun(folder)
                .rollouts("a", 0, "PF")
                .match("a", 0, "final", 0, 0, List.of(0, 1), 0, "votes", 0, 0)
                .select("a", 0, "final", 0)
                .rollouts("b", 0, "FFFF")
                .match("b", 0, "final", 0, 0, List.of(0, 1), 0, "votes", 0, 0)
                .write();
        try (RunTables tables = RunTables.open(folder)) {
            assertThat(tables.figure("pass_at_1_by_round").rows())
                    .extracting(row -> row.number("pass_at_1").orElseThrow())
                    .containsExactly(0.5, 1.0);
        }
    }

    @Test
    void slashesInTaskIdsDoNotMoveAFailure() throws IOException {
        new FixtureRun(folder).rollouts("set/1/2", 1, "XP").write();
        try (RunTables tables = RunTables.open(folder)) {
            assertThat(tables.figure("tasks").rows()).singleElement().satisfies(row -> {
                assertThat(row.text("task_id")).hasValue("set/1/2");
                assertThat(row.count("iteration")).hasValue(1);
                assertThat(row.count("failed")).hasValue(1);
            });
        }
    }

    @Test
    void aFolderNameMayHoldQuotesAndGlobCharacters() throws IOException {
        Path odd = folder.resolve("it's [a] run? *");
        SmallRun.in(odd).write();
        SmallRun.in(folder.resolve("it's a run! +")).write();
        try (RunTables tables = RunTables.open(odd)) {
            assertThat(tables.figure("slots").rows().get(0).count("slots")).hasValue(16);
        }
    }

    @Test
    void unfinishedFilesAreNotRead() throws IOException {
        SmallRun.in(folder).write();
        Files.writeString(folder.resolve("rollouts/.part-2.parquet"), "unfinished");
        Files.writeString(folder.resolve("rollouts/_part-3.parquet"), "unfinished");
        try (RunTables tables = RunTables.open(folder)) {
            assertThat(tables.figure("slots").rows()).hasSize(2);
        }
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        SmallRun.in(folder).write();
        Files.writeString(folder.resolve("grades/part-9.parquet"), "not Parquet at all");
        assertThatThrownBy(() -> RunTables.open(folder))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("grades")
                .hasMessageContaining("part-9.parquet");
    }

    @Test
    void aFolderThatIsNoRunIsRefused() {
        assertThatThrownBy(() -> RunTables.open(folder))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("give the output folder of a run");
        assertThatThrownBy(() -> RunTables.open(folder.resolve("missing")))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("is not a folder");
    }

    @Test
    void whatFailedCountsAsEffortAndIsNoItem() throws IOException {
        new FixtureRun(folder)
                .rollouts("a", 0, "P")
                .lost("rollout", "a/0/1", "a", 3)
                .lost("summarize", "a/0/0", "a", 2)
                .lost("vote", "a/0/select/0/0/1", "a", 4)
                .write();
        try (RunTables tables = RunTables.open(folder)) {
            List<String> lines = tables.figure("effort_by_role").rows().stream()
                    .map(row -> row.values().get("iteration") + " "
                            + row.values().get("role") + " " + row.values().get("items") + " "
                            + row.values().get("model_calls"))
                    .toList();
            assertThat(lines).containsExactly("0 agent 1 5", "0 summarizer 1 3", "0 judge 0 4");
            Object calls = tables.rows("totals").get(0).get("model_calls");
            assertThat(((Number) calls).longValue()).isEqualTo(5 + 3 + 4);
        }
    }

    @Test
    void aCostThatNobodyKnowsIsNotZero() throws Exception {
        new FixtureRun(folder).rollouts("a", 0, "P").write();
        String cost = "SELECT known_usd(0, 10) AS bought, known_usd(0, 0) AS nothing, known_usd(0.5, 10) AS told";
        try (RunTables tables = RunTables.open(folder)) {
            assertThat(tables.query(cost).get(0).number("bought")).hasValue(0);
        }
        Files.writeString(folder.resolve("run.json"), "{\"unpriced\": [\"m\"]}");
        try (RunTables tables = RunTables.open(folder)) {
            Row row = tables.query(cost).get(0);
            assertThat(Column.usd("Cost", "bought").cell().apply(row)).isEqualTo("unknown");
            assertThat(Column.usd("Cost", "nothing").cell().apply(row)).isEqualTo("0");
            assertThat(Column.usd("Cost", "told").cell().apply(row)).isEqualTo("0.5000");
        }
    }
}
