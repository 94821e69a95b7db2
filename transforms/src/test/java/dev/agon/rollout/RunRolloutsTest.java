package dev.agon.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.agent.AgentConfig;
import dev.agon.agent.AgentFile;
import dev.agon.agent.AgentOverrides;
import dev.agon.journal.Journal;
import dev.agon.model.ModelConfig;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Prompts;
import dev.agon.runtime.Budget;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.RunScopes;
import dev.agon.runtime.Worker;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.SandboxLimits;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Grade;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Ids;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.RolloutRow;
import dev.agon.schemas.TableName;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskRef;
import dev.agon.tables.LongRollout;
import dev.agon.tables.RowsOf;
import dev.agon.tables.WholeRollout;
import dev.agon.tables.WithRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

class RunRolloutsTest {

    private static final int MOST_BYTES_OF_A_ROW = 500;
    private static final String SUBMISSION = "+one\n".repeat(50_000);
    private static final RolloutConfig CONFIG = new RolloutConfig(
            AgentFile.shipped(),
            AgentOverrides.NONE,
            Prompts.SHIPPED,
            List.of(new ModelConfig("repair", "search", 1, null, 100)),
            new SandboxConfig(SandboxConfig.Kind.HOST, SandboxConfig.Network.HOST, SandboxLimits.DEFAULTS, Map.of()),
            1,
            null,
            SandboxLimits.DEFAULTS);
    private static final GroundTruth TRUTH = GroundTruth.newBuilder()
            .setTaskId("t")
            .setFiles(List.of())
            .setCommand("true")
            .build();

    private static final Task TASK = Task.newBuilder()
            .setTaskId("t")
            .setDataSet("d")
            .setSource("s")
            .setStatement("Write one.")
            .setWorkdir("/w")
            .setFiles(List.of())
            .setContentHash("h")
            .build();

    private final Pipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    // What counts progress and money in the background may write there after the pipeline has ended.
    @TempDir(deletionStrategy = TempDirDeletionStrategy.IgnoreFailures.class)
    Path folder;

    @Test
    void whatLeavesForTheTableIsSmallHoweverLongTheTrajectory() {
        RunScope scope = RunScopes.begun(folder, "run", "1", Budget.NONE);
        RolloutJournal journal = new RolloutJournal(
                scope.journalStore().open(),
                "run",
                CONFIG,
                CONFIG.agent().compile(CONFIG.limits()),
                Prompt.shipped(Prompt.TASK));
        Rollout rollout = LongRollout.of(SUBMISSION);
        Grade grade = new Grade("t/0/0", "t", 0, true, 1.0, null, 0, "", 5L, null);
        String limits = CONFIG.agent().compile(CONFIG.limits()).limits().toString();
        RolloutPlan plan = plan(scope, TRUTH);
        GradedPlan graded = new GradedPlan(plan, TASK, TRUTH);
        journal.put(graded, new RecordedRollout(rollout, List.of(), limits), Optional.of(grade));
        String key = journal.key(graded).blobName();

        WithRows<RolloutRef> results = pipeline.apply("Plans", Create.of(plan)).apply(RunRollouts.of(CONFIG, scope));

        assertThat(bytes(new RolloutRow(rollout, key))).isGreaterThan(LongRollout.BYTES);
        PAssert.thatSingleton(RowsOf.table(results, TableName.ROLLOUTS, RolloutRow.class))
                .satisfies(row -> {
                    Rollout found = Rollout.newBuilder(rollout)
                            .setModelCallsPaid(0)
                            .setCostUsdPaid(0)
                            .build();
                    assertThat(row).isEqualTo(WholeRollout.withoutLongParts(found, key));
                    assertThat(row.getRollout().getSteps()).isEmpty();
                    assertThat(bytes(row)).isLessThan(MOST_BYTES_OF_A_ROW);
                    return null;
                });
        PAssert.that(results.output())
                .containsInAnyOrder(
                        new RolloutRef("t/0/0", "t", 0, 0, key, Ids.sha256(SUBMISSION), "Write one.", null));
        PAssert.that(RowsOf.table(results, TableName.GRADES, Grade.class)).containsInAnyOrder(grade);
        PAssert.that(RowsOf.table(results, TableName.FAILURES, Failure.class)).empty();
        pipeline.run().waitUntilFinish();
    }

    /** Ctrl-C while the hidden check of a rollout of the journal runs: the rollout stays what it is, and its grade is to come. */
    @Test
    void aStopWhileAJournaledRolloutIsGradedAgainIsAFailureOfItsGrade() throws Exception {
        RunScope scope = RunScopes.begun(folder, "run", "1", Budget.NONE);
        Path begun = folder.resolve("begun");
        GroundTruth endless = GroundTruth.newBuilder(TRUTH)
                .setCommand("touch " + begun + "; sleep 1000")
                .setTimeoutS(1000)
                .build();
        RolloutPlan plan = plan(scope, endless);
        AgentConfig agent = CONFIG.agent().compile(CONFIG.limits());
        try (Worker worker = scope.join()) {
            new RolloutJournal(worker.journal(), "run", CONFIG, agent, Prompt.shipped(Prompt.TASK))
                    .put(
                            new GradedPlan(plan, TASK, endless),
                            new RecordedRollout(
                                    LongRollout.of(SUBMISSION),
                                    List.of(),
                                    agent.limits().toString()),
                            Optional.empty());
            RunRollout work = new RunRollout(CONFIG, scope);
            work.open(worker);
            Future<FinishedRollout> grading = worker.threads().submit(() -> work.apply(plan));
            while (!Files.exists(begun)) {
                Thread.onSpinWait();
            }
            worker.control().cancel("it was cancelled by SIGINT");
            FinishedRollout stopped = grading.get();
            assertThat(stopped.ref()).isPresent();
            assertThat(stopped.grade()).isEmpty();
            assertThat(stopped.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.getStep()).isEqualTo("grade");
                assertThat(failure.getKind()).isEqualTo("stopped");
                assertThat(failure.getMessage()).contains("it was cancelled by SIGINT", "started again");
            });
        }
    }

    /** A slot of the task, which the launcher has put into the store. */
    private static RolloutPlan plan(RunScope scope, GroundTruth truth) {
        Journal store = scope.journalStore().open();
        TaskRef ref = new TaskRef(
                "t",
                store.putByContent("handover/run/1/tasks/0", TASK),
                store.putByContent("handover/run/1/truths/0", truth));
        return RolloutPlan.newBuilder()
                .setRolloutId("t/0/0")
                .setTask(ref)
                .setIteration(0)
                .setIndex(0)
                .setSeed(5)
                .build();
    }

    private static int bytes(RolloutRow row) {
        try {
            return CoderUtils.encodeToByteArray(
                            Pipeline.create().getCoderRegistry().getCoder(RolloutRow.class), row)
                    .length;
        } catch (CannotProvideCoderException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
