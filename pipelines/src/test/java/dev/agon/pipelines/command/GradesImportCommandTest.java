package dev.agon.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.pipelines.FinishedRun;
import dev.agon.pipelines.RunEndToEndTest;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.pipelines.RunQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `agon grades import`: verdicts of the SWE-bench harness come into the tables of the run whose predictions it graded. */
class GradesImportCommandTest {

    private static final String GRADES =
            "SELECT rollout_id || ' ' || resolved || ' ' || coalesce(reason, '-') FROM grades ORDER BY rollout_id";

    @TempDir
    private Path temporary;

    private Path run;

    @BeforeEach
    void aFinishedRun() throws Exception {
        run = FinishedRun.small(Files.createDirectory(temporary.resolve("run"))).write();
    }

    @Test
    void aReportOfARunIsOfTheStageThatItsNameSays() throws Exception {
        Path report = report("agon-small__local__tiny.night.json", """
                {"resolved_ids": ["a"], "unresolved_ids": ["b"], "incomplete_ids": ["c", "d"], "schema_version": 2}""");

        Outcome outcome = imported(report.toString());

        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        assertThat(outcome.text()).contains("2 grades imported, 1 of them resolved.");
        assertThat(new RunQuery(run).texts(GRADES))
                .containsExactly("a/0/0 false -", "a/0/1 true -", "b/0/0 false check_failed");
        assertThat(new RunQuery(run).texts("SELECT source FROM grades WHERE rollout_id = 'a/0/1'"))
                .containsExactly(report.toString());
        assertThat(run.resolve("report.html")).exists();
        assertThat(run.toFile().list()).contains("grades").doesNotContain("grades.stage", "grades.old");
        assertThat(run.resolveSibling("run.lock")).doesNotExist();
    }

    @Test
    void reportsOfInstancesAreFoundInTheHarnesssFolders() throws Exception {
        report("logs/night/agon-small.first__local__tiny/a/report.json", "{\"a\": {\"resolved\": true}}");
        report("logs/night/agon-small.first__local__tiny/b/report.json", "{\"b\": {\"resolved\": false}}");

        Outcome outcome = imported(temporary.resolve("logs").toString());

        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        assertThat(new RunQuery(run).texts(GRADES)).containsExactly("a/0/0 true -", "b/0/0 false check_failed");
    }

    @Test
    void importingTwiceChangesNothingMore() throws Exception {
        Path report = report("agon-small__local__tiny.x.json", "{\"resolved_ids\": [\"a\"]}");
        imported(report.toString());
        List<String> once = new RunQuery(run).texts(GRADES);

        assertThat(imported(report.toString()).exitCode()).isZero();
        assertThat(new RunQuery(run).texts(GRADES)).isEqualTo(once);
    }

    @Test
    void aReportWhosePathDoesNotSayItsStageNeedsIt() throws Exception {
        Path report = report("other.json", "{\"resolved_ids\": [\"b\"]}");

        Outcome unnamed = imported(report.toString());
        assertThat(unnamed.exitCode()).isEqualTo(2);
        assertThat(unnamed.text())
                .contains("does not say in its path which predictions were graded: name them with --stage");
        assertThat(new RunQuery(run).texts(GRADES)).containsExactly("a/0/0 false -");

        assertThat(imported(report.toString(), "--stage", "selected").exitCode())
                .isZero();
        assertThat(new RunQuery(run).texts(GRADES)).containsExactly("a/0/0 false -", "b/0/1 true -");
    }

    @Test
    void aTableMayGradeEveryRolloutByItsTrialOrId() throws Exception {
        Path table = report("outcomes.csv", "task_id,trial,reward\na,trial-1,0.5\nb,b/0/1,1\n");

        Outcome outcome = imported(table.toString());

        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        assertThat(new RunQuery(run).texts(GRADES))
                .containsExactly("a/0/0 false -", "a/0/1 false check_failed", "b/0/1 true -");
        assertThat(new RunQuery(run).texts("SELECT reward::VARCHAR FROM grades WHERE rollout_id = 'a/0/1'"))
                .containsExactly("0.5");
    }

    @Test
    void whatCannotBeUsedIsSaidAndTheRestImported() throws Exception {
        Path report = report("agon-small__local__tiny.x.json", """
                {"resolved_ids": ["a", "zzz", 7], "error_ids": ["b"]}""");

        Outcome outcome = imported(report.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.text())
                .contains(
                        "resolved_ids[2]: is the number 7, expected text",
                        "1 grades imported, 1 of them resolved.",
                        "1 tasks have no verdict, since their grading failed",
                        "1 verdicts are on tasks or trials that this run did not hand in: left out.",
                        "1 records could not be read: left out.");
        assertThat(new RunQuery(run).texts(GRADES)).containsExactly("a/0/0 false -", "a/0/1 true -");
    }

    @Test
    void nothingIsChangedWhenNothingFitsOrCanBeRead() throws Exception {
        Outcome foreign = imported(report("agon-small__local__tiny.x.json", "{\"resolved_ids\": [\"zzz\"]}")
                .toString());
        Outcome missing = imported(temporary.resolve("missing.json").toString());

        assertThat(foreign.exitCode()).isEqualTo(2);
        assertThat(foreign.text()).contains("no verdict on a rollout of ", "nothing was changed");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.text()).contains("cannot be read: give a report of the harness, a CSV or a folder");
        assertThat(new RunQuery(run).texts(GRADES)).containsExactly("a/0/0 false -");
    }

    @Test
    void anImportThatDiedBetweenItsTwoMovesIsRepairedByTheNext() throws Exception {
        Files.move(run.resolve("grades"), run.resolve("grades.old"));
        Path report = report("agon-small__local__tiny.x.json", "{\"resolved_ids\": [\"b\"]}");

        assertThat(imported(report.toString()).exitCode()).isZero();
        assertThat(new RunQuery(run).texts(GRADES)).containsExactly("a/0/0 false -", "b/0/0 true -");
        assertThat(run.resolve("grades.old")).doesNotExist();
    }

    private Path report(String name, String content) throws Exception {
        Path file = temporary.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private Outcome imported(String... reports) {
        List<String> arguments = new ArrayList<>(List.of("grades", "import", run.toString()));
        arguments.addAll(List.of(reports));
        return RunEndToEndTest.execute(arguments.toArray(String[]::new));
    }
}
