package dev.agon.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.sandbox.Command;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.SandboxConfig.Kind;
import dev.agon.sandbox.SandboxConfig.Network;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.SandboxLimits;
import dev.agon.sandbox.SandboxUnavailableException;
import dev.agon.sandbox.Sandboxes;
import dev.agon.schemas.Grade;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TaskRef;
import dev.agon.schemas.TreeChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Grades in real sandboxes of the bare host: the commands are the tests' own. */
class GraderTest {

    private static final String MARKER = "all hidden cases hold";
    private static final TaskFile ADD = file("add.sh", "echo $(($1 - $2))\n");
    private static final List<TreeChange> MENDED = List.of(change("add.sh", "file", "echo $(($1 + $2))\n"));

    private static Sandboxes sandboxes;

    private final List<TaskFile> hidden =
            List.of(file("hidden/check.sh", "[ \"$(bash add.sh 2 3)\" = 5 ] || exit 1\necho " + MARKER + "\n"));

    @BeforeAll
    static void connect() throws SandboxUnavailableException, InterruptedException {
        sandboxes = new SandboxConfig(Kind.HOST, Network.HOST, SandboxLimits.DEFAULTS, Map.of()).connect();
    }

    @AfterAll
    static void disconnect() {
        sandboxes.close();
    }

    @Test
    void resolvesWhatPassesTheHiddenCheck() throws Exception {
        assertThat(grade(MENDED, truth("bash hidden/check.sh")))
                .isEqualTo(Grade.newBuilder()
                        .setRolloutId("sum/1/3")
                        .setTaskId("sum")
                        .setIteration(1)
                        .setResolved(true)
                        .setReward(1)
                        .setReason(null)
                        .setReturnCode(0)
                        .setOutput(MARKER + "\n")
                        .setDurationMs(250)
                        .build());
    }

    @Test
    void doesNotResolveWhatFailsIt() throws Exception {
        Grade grade =
                grade(List.of(change("add.sh", "file", "echo 6\n")), truth("echo checking; bash hidden/check.sh"));
        assertThat(grade.getResolved()).isFalse();
        assertThat(grade.getReward()).isZero();
        assertThat(grade.getReason()).isEqualTo("check_failed");
        assertThat(grade.getReturnCode()).isEqualTo(1);
        assertThat(grade.getOutput()).isEqualTo("checking\n");
    }

    @Test
    void doesNotResolveAnEarlyExit() throws Exception {
        Grade grade = grade(MENDED, truth("exit 0"));
        assertThat(grade.getResolved()).isFalse();
        assertThat(grade.getReason()).isEqualTo("check_failed");
        assertThat(grade.getReturnCode()).isZero();
    }

    @Test
    void wantsTheMarkerInTheLastLine() throws Exception {
        assertThat(grade(MENDED, truth("bash hidden/check.sh; echo; echo ' '")).getResolved())
                .isTrue();
        assertThat(grade(MENDED, truth("bash hidden/check.sh; echo more")).getResolved())
                .isFalse();
        assertThat(grade(MENDED, truth("echo not " + MARKER)).getResolved()).isFalse();
    }

    @Test
    void goesByTheReturnCodeWhereThereIsNoMarker() throws Exception {
        GroundTruth truth = truth("true");
        truth.setMarker(null);
        assertThat(grade(MENDED, truth).getResolved()).isTrue();
        truth.setCommand("echo " + MARKER + "; false");
        assertThat(grade(MENDED, truth).getResolved()).isFalse();
    }

    @Test
    void aCheckMayPrintMoreThanAnAgent() throws Exception {
        assertThat(grade(MENDED, truth("seq 1 400000; bash hidden/check.sh")).getResolved())
                .isTrue();
    }

    @Test
    void aCheckThatItsOwnLimitEndsSaysNothingOfTheSubmission() {
        Grader strict = grader(sandboxes, 64 << 10);
        GroundTruth truth = truth("seq 1 400000; bash hidden/check.sh");
        assertThatThrownBy(() -> strict.grade(plan(), task(), truth, MENDED, Optional.empty()))
                .isInstanceOf(NoVerdictException.class)
                .hasMessage("the check was ended at a limit of its own: it printed more than grading.output_kb, 64");
    }

    @Test
    void aSubmissionThatFloodsItsCheckHasFailed() throws Exception {
        Grade grade = grade(List.of(change("add.sh", "file", "yes\n")), truth("bash add.sh 2 3; bash hidden/check.sh"));
        assertThat(grade.getResolved()).isFalse();
        assertThat(grade.getReason()).isEqualTo("sandbox_abused");
        assertThat(grade.getOutput()).contains("grading.output_kb").endsWith("y\n");
    }

    @Test
    void saysWhenTheCheckTimedOut() throws Exception {
        GroundTruth truth = truth("echo begun; sleep 60");
        truth.setTimeoutS(1);
        Grade grade = grade(MENDED, truth);
        assertThat(grade.getResolved()).isFalse();
        assertThat(grade.getReason()).isEqualTo("check_timed_out");
        assertThat(grade.getReturnCode()).isNull();
        assertThat(grade.getOutput()).isEqualTo("begun\n");
    }

    @Test
    void checksEvenWhatChangedNothing() throws Exception {
        assertThat(grade(List.of(), truth("bash hidden/check.sh")).getReason()).isEqualTo("nothing_submitted");
        assertThat(grade(List.of(), truth("echo " + MARKER)).getResolved()).isTrue();
    }

    @Test
    void laysHiddenFilesOverWhateverWasPlanted() throws Exception {
        String cheat = "echo " + MARKER + "\n";
        GroundTruth truth = truth("bash hidden/check.sh");
        assertThat(grade(List.of(change("hidden/check.sh", "file", cheat)), truth)
                        .getResolved())
                .as("a file in its place")
                .isFalse();
        assertThat(grade(
                                List.of(
                                        change("cheat.sh", "file", cheat),
                                        change("hidden/check.sh", "link", "../cheat.sh")),
                                truth)
                        .getResolved())
                .as("a link in its place")
                .isFalse();
        assertThat(grade(List.of(change("other/check.sh", "file", cheat), change("hidden", "link", "other")), truth)
                        .getResolved())
                .as("a link in place of its folder")
                .isFalse();
        assertThat(grade(List.of(change("hidden/check.sh/a", "file", cheat)), truth)
                        .getReason())
                .as("a folder in its place")
                .isEqualTo("check_failed");
    }

    @Test
    void startsFromTheTasksFilesEachTime() throws Exception {
        GroundTruth truth = truth("[ -e leftover ] && exit 1; touch leftover; echo " + MARKER);
        assertThat(grade(MENDED, truth).getResolved()).isTrue();
        assertThat(grade(MENDED, truth).getResolved()).isTrue();
    }

    @Test
    void gradesInTheRolloutsOwnSandboxWhereAsked() throws Exception {
        GroundTruth truth = truth("[ -e .cache/state ] && bash hidden/check.sh");
        truth.setSandbox("rollout");
        assertThat(Grader.needsRolloutSandbox(truth)).isTrue();
        try (Sandbox sandbox = sandboxes.open(new Sandboxes.Spec("/work", List.of(ADD), Map.of()))) {
            sandbox.run(new Command(
                    "mkdir .cache; touch .cache/state; echo 'echo $(($1 + $2))' > add.sh", Duration.ofSeconds(30)));
            Grade grade = grader(sandboxes).grade(plan(), task(), truth, MENDED, Optional.of(sandbox));
            assertThat(grade.getResolved()).isTrue();
            assertThat(sandbox.run(new Command("echo open", Duration.ofSeconds(30)))
                            .output())
                    .isEqualTo("open\n");
        }
        assertThatThrownBy(() -> grade(MENDED, truth))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sum/1/3 is graded in its own sandbox, which was not handed over");
    }

    @Test
    void rejectsASandboxThatThereIsNot() {
        GroundTruth truth = truth("true");
        truth.setSandbox("moon");
        assertThatThrownBy(() -> grade(MENDED, truth))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ground truth of sum asks for the sandbox `moon`; expected fresh or rollout");
    }

    @Test
    void keepsTheEndOfLongOutputInWholeCharacters() throws Exception {
        GroundTruth truth = truth("printf '\\360\\237\\230\\200%.0s' $(seq 3000); printf x; exit 1");
        Grade grade = grade(MENDED, truth);
        assertThat(grade.getOutput()).hasSize(3999).isEqualTo("😀".repeat(1999) + "x");
    }

    @Test
    void leavesASandboxThatIsDownToTheCaller() {
        Sandboxes down = new Sandboxes() {
            @Override
            public Sandbox open(Spec spec) throws SandboxException {
                throw new SandboxException("no sandbox today");
            }

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> grader(down).grade(plan(), task(), truth("true"), MENDED, Optional.empty()))
                .isInstanceOf(SandboxException.class)
                .hasMessage("no sandbox today");
    }

    private static Grade grade(List<TreeChange> changes, GroundTruth truth) throws Exception {
        return grader(sandboxes).grade(plan(), task(), truth, changes, Optional.empty());
    }

    private static Grader grader(Sandboxes in) {
        return grader(in, 4 << 20);
    }

    private static Grader grader(Sandboxes in, int outputBytes) {
        SandboxLimits d = SandboxLimits.DEFAULTS;
        SandboxLimits limits = new SandboxLimits(
                d.memoryMb(), d.processes(), d.diskMb(), outputBytes, d.cpuSeconds(), d.submissionMb());
        return new Grader(in, limits, new QuarterSeconds());
    }

    private GroundTruth truth(String command) {
        return GroundTruth.newBuilder()
                .setTaskId("sum")
                .setFiles(new ArrayList<>(hidden))
                .setCommand(command)
                .setMarker(MARKER)
                .build();
    }

    private static RolloutPlan plan() {
        return RolloutPlan.newBuilder()
                .setRolloutId("sum/1/3")
                .setTask(new TaskRef("sum", "task", "truth"))
                .setIteration(1)
                .setIndex(3)
                .setSeed(7)
                .build();
    }

    private static Task task() {
        return Task.newBuilder()
                .setTaskId("sum")
                .setDataSet("d")
                .setSource("s")
                .setStatement("Add.")
                .setWorkdir("/work")
                .setFiles(List.of(ADD))
                .setContentHash("0")
                .build();
    }

    private static TaskFile file(String path, String content) {
        return TaskFile.newBuilder()
                .setPath(path)
                .setContent(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static TreeChange change(String path, String kind, String content) {
        return TreeChange.newBuilder()
                .setPath(path)
                .setKind(kind)
                .setContent(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    /** Moves on by a quarter of a second each time it is read. */
    private static final class QuarterSeconds implements InstantSource {

        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            now = now.plusMillis(250);
            return now;
        }
    }
}
