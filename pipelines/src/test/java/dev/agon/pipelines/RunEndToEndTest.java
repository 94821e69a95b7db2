package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agon.schemas.TableName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs through the command line, on files, in real sandboxes. One small run serves several tests. */
public class RunEndToEndTest {

    private static final Path CONFIG = Path.of("../run-configs/demo.yaml");
    private static final String TASKS = "cron-weekdays,free-shipping,grade-bounds";

    @TempDir
    static Path folder;

    private static Path first;

    @BeforeAll
    static void runOnce() throws Exception {
        assumeThat(bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        first = folder.resolve("first");
        Outcome outcome = run("--out", first.toString());
        assertThat(outcome.exitCode).as(outcome.text).isZero();
        assertThat(outcome.text).contains("iteration 0").contains("final").contains("final against iteration 0");
    }

    @Test
    void everySlotIsARolloutAndEveryRolloutIsGradedAndSummarised() throws Exception {
        RunQuery query = new RunQuery(first);
        assertThat(query.number("SELECT count(*) FROM tasks")).isEqualTo(3);
        assertThat(query.number("SELECT count(*) FROM rollouts")).isEqualTo(3 * 4 * 2);
        assertThat(query.number("SELECT count(*) FROM grades JOIN rollouts USING (rollout_id)"))
                .isEqualTo(24);
        assertThat(query.number("SELECT count(*) FROM summaries JOIN rollouts USING (rollout_id)"))
                .isEqualTo(24);
        assertThat(query.number("SELECT count(*) FROM selections WHERE stage = 'select'"))
                .isEqualTo(3 * 2);
        assertThat(query.number("SELECT count(*) FROM selections WHERE stage = 'final' AND rank = 1"))
                .isEqualTo(3);
        assertThat(query.number("SELECT count(*) FROM contexts WHERE iteration = 1"))
                .isEqualTo(3);
        assertThat(query.number("SELECT count(*) FROM rollouts WHERE (iteration = 1) = (context_id IS NOT NULL)"))
                .isEqualTo(24);
        assertThat(query.number("SELECT count(*) FROM failures")).isZero();
        assertThat(
                        query.number(
                                "SELECT count(*) FROM matches WHERE len(candidates) <> len(tally) OR NOT list_contains(candidates, winner)"))
                .isZero();
        assertThat(query.number("SELECT count(*) FROM votes WHERE NOT valid OR choice IS NULL"))
                .isZero();
    }

    @Test
    void theFolderHoldsWhatIsPromised() throws Exception {
        assertThat(first.resolve("report.html")).content().contains("<svg").doesNotContain("http://www.google");
        assertThat(Files.readAllLines(first.resolve("predictions.jsonl")))
                .hasSize(3)
                .allMatch(line -> line.contains("\"instance_id\"") && line.contains("\"model_patch\""));
        assertThat(first.resolve("run.json"))
                .content()
                .contains("\"status\" : \"done\"", "\"rollouts\" : 24", "\"failures\" : 0", "\"model_calls_paid\"");
        try (Stream<Path> files = Files.list(first)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "tasks",
                            "rollouts",
                            "summaries",
                            "votes",
                            "matches",
                            "selections",
                            "selectors",
                            "contexts",
                            "grades",
                            "failures",
                            "run.json",
                            "predictions.jsonl",
                            "report.html");
        }
        assertThat(first.resolveSibling("first.stage")).doesNotExist();
        assertThat(first.resolveSibling("first.lock")).doesNotExist();
    }

    @Test
    void anEmptyJournalGivesTheSameTablesAndAnotherSeedDoesNot() throws Exception {
        Path again = folder.resolve("again");
        assertThat(run("--out", again.toString()).exitCode).isZero();
        assertThat(new RunQuery(again).fingerprint()).isEqualTo(new RunQuery(first).fingerprint());
        Path other = folder.resolve("other");
        assertThat(run("--out", other.toString(), "--set", "seed=2").exitCode).isZero();
        assertThat(new RunQuery(other).fingerprint()).isNotEqualTo(new RunQuery(first).fingerprint());
    }

    @Test
    void aFinishedRunRepeatedBuysNothingAndGivesTheSameTables() throws Exception {
        String before = new RunQuery(first).fingerprint();
        Outcome outcome = run("--out", first.toString());
        assertThat(outcome.exitCode).as(outcome.text).isZero();
        assertThat(outcome.text).contains("24 from the journal");
        assertThat(first.resolve("run.json")).content().contains("\"model_calls_paid\" : 0,");
        assertThat(new RunQuery(first).fingerprint()).isEqualTo(before);
    }

    @Test
    void moreRolloutsBuyOnlyWhatIsNew() throws Exception {
        Path more = folder.resolve("more");
        Outcome outcome = run(
                "--out",
                more.toString(),
                "--set",
                "journal=" + first + ".journal",
                "--set",
                "scaling.rollouts=5",
                "--set",
                "scaling.iterations=1");
        assertThat(outcome.exitCode).as(outcome.text).isZero();
        assertThat(new RunQuery(more).number("SELECT count(*) FROM rollouts WHERE model_calls_paid > 0"))
                .isEqualTo(3);
    }

    @Test
    void theFolderOfAnotherRunIsLeftAlone() throws Exception {
        Outcome outcome = run("--out", first.toString(), "--set", "seed=9");
        assertThat(outcome.exitCode).isEqualTo(2);
        assertThat(outcome.text).contains("holds another run (demo, seed 1").contains("--overwrite");
    }

    @Test
    void showPrintsARolloutAndNamesTheNearest() {
        Outcome shown = execute("show", first.toString(), "free-shipping/0/1");
        assertThat(shown.exitCode).isZero();
        assertThat(shown.text).contains("Step 1", "Submission", "free-shipping/0/1");
        Outcome missing = execute("show", first.toString(), "free-shiping/0/1");
        assertThat(missing.exitCode).isEqualTo(2);
        assertThat(missing.text).contains("did you mean free-shipping/0/1?");
    }

    @Test
    void showListsTheRolloutsAndMatchesOfATaskAndSaysWhatBecameOfARollout() throws Exception {
        String task =
                new RunQuery(first).texts("SELECT min(task_id) FROM matches").get(0);
        Outcome listed = execute("show", first.toString(), task);
        assertThat(listed.exitCode).as(listed.text).isZero();
        assertThat(listed.text)
                .contains(
                        task + "/0/0",
                        task + "/1/3",
                        "final 1",
                        "Matches",
                        "select of iteration 0, round 0",
                        "votes: ");
        Outcome one = execute("show", first.toString(), task + "/0/0");
        assertThat(one.text).contains("Grade", "resolved, reward", "Summary, as judges read it");
        Outcome step = execute("show", first.toString(), task + "/0/0", "--step", "1");
        assertThat(step.exitCode).as(step.text).isZero();
        assertThat(step.text).contains("Step 1").doesNotContain("Step 2", "System prompt");
        assertThat(execute("show", first.toString(), task + "/0/0", "--step", "99").exitCode)
                .isEqualTo(2);
    }

    @Test
    void theTablesAreMadeForQueries() throws Exception {
        RunQuery query = new RunQuery(first);
        assertThat(query.number("SELECT count(*) FROM votes JOIN matches USING (match_id)"
                        + " WHERE votes.iteration <> matches.iteration OR votes.stage <> matches.stage"))
                .isZero();
        assertThat(query.number("SELECT count(*) FROM rollouts WHERE slot <> \"index\""))
                .isZero();
        assertThat(query.number(
                        "SELECT count(*) FROM matches WHERE round_number <> round OR group_number <> \"group\""))
                .isZero();
        for (TableName table : TableName.values()) {
            assertThat(query.number("SELECT count(*) FROM " + table.folder() + " WHERE run_id NOT LIKE 'demo-1-%'"))
                    .isZero();
        }
    }

    @Test
    void reportIsComputedAnewFromTheTables() throws Exception {
        Files.delete(first.resolve("report.html"));
        Outcome outcome = execute("report", first.toString());
        assertThat(outcome.exitCode).as(outcome.text).isZero();
        assertThat(first.resolve("report.html")).exists();
        assertThat(execute("report", folder.resolve("nowhere").toString()).exitCode)
                .isEqualTo(2);
    }

    @Test
    void noTableHoldsAnythingOfAHiddenCheckButTheGrades() throws Exception {
        // The marker stands in every hidden check of the demo tasks and nowhere else.
        String marker = "every hidden case holds";
        RunQuery query = new RunQuery(first);
        for (String column : List.of(
                "tasks.statement",
                "rollouts.task_prompt",
                "rollouts.submission",
                "summaries.text",
                "votes.reply",
                "contexts.text")) {
            String table = column.substring(0, column.indexOf('.'));
            assertThat(query.number(
                            "SELECT count(*) FROM " + table + " WHERE contains(" + column + ", '" + marker + "')"))
                    .as(column)
                    .isZero();
        }
        assertThat(query.number(
                        "SELECT count(*) FROM rollouts WHERE contains(CAST(steps AS VARCHAR), '" + marker + "')"))
                .isZero();
        assertThat(query.number("SELECT count(*) FROM grades WHERE contains(output, '" + marker + "') <> resolved"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"none, summary, 0, 0, 0", "single, summary, 3, 1, 0", "random, trace, 3, 2, 0", "select, trace, 1, 2, 2"
    })
    void everyContextModeAndRepresentation(
            String context, String representation, int contexts, int attempts, int selected) throws Exception {
        Path out = folder.resolve(context + "-" + representation);
        Outcome outcome = execute(
                "run",
                CONFIG.toString(),
                "--tasks",
                "free-shipping",
                "--out",
                out.toString(),
                "--set",
                "scaling.rollouts=3",
                "--set",
                "scaling.context_size=2",
                "--set",
                "scaling.group_size=3",
                "--set",
                "scaling.context=" + context,
                "--set",
                "scaling.representation=" + representation,
                "--set",
                "agent.step_limit=6");
        assertThat(outcome.exitCode).as(outcome.text).isZero();
        RunQuery query = new RunQuery(out);
        assertThat(query.number("SELECT count(*) FROM contexts")).isEqualTo(contexts);
        assertThat(query.number("SELECT coalesce(max(len(rollout_ids)), 0) FROM contexts"))
                .isEqualTo(attempts);
        assertThat(query.number("SELECT count(*) FROM rollouts WHERE context_id IS NOT NULL"))
                .isEqualTo(contexts == 0 ? 0 : 3);
        assertThat(query.number("SELECT count(*) FROM selections WHERE stage = 'select'"))
                .isEqualTo(selected);
        assertThat(query.number("SELECT count(*) FROM selections WHERE stage = 'final'"))
                .isEqualTo(1);
        assertThat(query.number("SELECT count(*) FROM summaries WHERE representation = '" + representation + "'"))
                .isEqualTo(6);
        assertThat(query.number("SELECT sum(model_calls) FROM summaries"))
                .isEqualTo(representation.equals("trace") ? 0 : 6);
    }

    @Test
    void theHostIsASandboxOnlyByNameAndWithAWarning() throws Exception {
        Path out = folder.resolve("host");
        Outcome outcome = execute(
                "run",
                CONFIG.toString(),
                "--tasks",
                "free-shipping",
                "--out",
                out.toString(),
                "--set",
                "scaling.rollouts=1",
                "--set",
                "scaling.iterations=1",
                "--set",
                "sandbox.kind=host");
        assertThat(outcome.exitCode).as(outcome.text).isZero();
        assertThat(outcome.text).contains("warning: sandbox.kind is host").contains("without any isolation");
        assertThat(outcome.text)
                .containsSubsequence(
                        "sandboxes of the kind host protect here:",
                        "network      off  the host's",
                        "1 tasks x 1 rollouts");
        assertThat(new RunQuery(out).number("SELECT count(*) FROM grades")).isEqualTo(1);
    }

    private static Outcome run(String... options) {
        List<String> args = new ArrayList<>(List.of(
                "run",
                CONFIG.toString(),
                "--tasks",
                TASKS,
                "--set",
                "scaling.rollouts=4",
                "--set",
                "scaling.context_size=2"));
        args.addAll(List.of(options));
        return execute(args.toArray(String[]::new));
    }

    public static Outcome execute(String... args) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        try (PrintStream both = new PrintStream(text, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            int exitCode = Agon.execute(args);
            return new Outcome(exitCode, text.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Bubblewrap is needed; CI installs it, and there its absence is a failure of the tests, not a skip. */
    static boolean bubblewrap() {
        return "true".equals(System.getenv("CI"))
                || Stream.of(System.getenv("PATH").split(":")).anyMatch(part -> Files.exists(Path.of(part, "bwrap")));
    }

    public record Outcome(int exitCode, String text) {}
}
