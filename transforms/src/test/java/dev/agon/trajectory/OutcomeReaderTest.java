package dev.agon.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeReaderTest {

    @Test
    void aReportOfOneInstanceIsNamedByItselfOrByItsFolder() {
        OutcomesOfFile named =
                read("logs/x/report.json", "{\"django__1\": {\"resolved\": true, \"patch_exists\": true}}");
        OutcomesOfFile bare = read("logs/django__2/report.json", "{\"patch_exists\": true, \"resolved\": false}");

        assertThat(named.outcomes())
                .containsExactly(new RecordedOutcome("django__1", Optional.empty(), true, 1, "logs/x/report.json"));
        assertThat(bare.outcomes())
                .extracting(RecordedOutcome::taskId, RecordedOutcome::resolved)
                .containsExactly(tuple("django__2", false));
    }

    @Test
    void aResultOfHarborIsTheOutcomeOfItsTrial() {
        String result = "{\"task_name\": \"a-long-name\", \"trial_name\": \"%s\", \"verifier_result\": %s}";
        OutcomesOfFile solved = read(
                "jobs/1/a-long__x1Y2z3A/result.json",
                result.formatted("a-long__x1Y2z3A", "{\"rewards\": {\"reward\": 1.0}}"));
        OutcomesOfFile smallest =
                read("r.json", result.formatted("mine", "{\"rewards\": {\"speed\": 1, \"tests\": 0.5}}"));
        OutcomesOfFile ungraded = read("r.json", result.formatted("mine", "null"));

        assertThat(solved.outcomes())
                .containsExactly(new RecordedOutcome(
                        "a-long-name", Optional.of("a-long__x1Y2z3A"), true, 1, "jobs/1/a-long__x1Y2z3A/result.json"));
        assertThat(smallest.outcomes())
                .containsExactly(new RecordedOutcome("a-long-name", Optional.of("mine"), false, 0.5, "r.json"));
        assertThat(ungraded.outcomes()).isEmpty();
        assertThat(ungraded.withoutVerdict()).containsExactly("a-long-name");
        assertThat(read("r.json", result.formatted("mine", "{\"rewards\": {\"reward\": \"1\"}}"))
                        .bad())
                .extracting(Throwable::getMessage)
                .singleElement()
                .asString()
                .contains("verifier_result.rewards.reward");
    }

    @Test
    void theResultOfAJobOfHarborHasNoOutcome() {
        OutcomesOfFile job =
                read("jobs/1/result.json", "{\"id\": \"x\", \"n_total_trials\": 2, \"stats\": {\"n_trials\": 2}}");
        assertThat(job.outcomes()).isEmpty();
        assertThat(job.bad()).isEmpty();
    }

    @Test
    void aReportOfARunGivesVerdictsAndWhatHasNone() {
        OutcomesOfFile run = read("agon.run.json", """
                {"total_instances": 6, "resolved_ids": ["a"], "unresolved_ids": ["b"], "empty_patch_ids": ["c"],
                 "error_ids": ["d", "b"], "incomplete_ids": ["e"], "schema_version": 2}""");

        assertThat(run.outcomes())
                .extracting(RecordedOutcome::taskId, RecordedOutcome::resolved, RecordedOutcome::reward)
                .containsExactly(tuple("a", true, 1.0), tuple("b", false, 0.0), tuple("c", false, 0.0));
        assertThat(run.withoutVerdict()).containsExactly("d", "e");
        assertThat(run.bad()).isEmpty();
    }

    @Test
    void whatTheHarnessCannotKnowIsNoFailedCheck() {
        OutcomesOfFile run = read("agon.run.json", """
                {"resolved_ids": ["a"], "unresolved_ids": ["b", "c", "d"], "infra_failure_ids": ["c"], "ambiguous_failure_ids": ["d"]}""");

        assertThat(run.outcomes()).extracting(RecordedOutcome::taskId).containsExactly("a", "b");
        assertThat(run.withoutVerdict()).containsExactly("c", "d");
    }

    @Test
    void aTableMayNameTrialsAndQuoteItsValues() {
        OutcomesOfFile table =
                read("o.csv", "instance_id,Trial,reward\r\n\"a,\"\"1\"\"\",t1,0.5\r\n\r\nb,t2,1\r\nb,,0\n");

        assertThat(table.outcomes())
                .extracting(
                        RecordedOutcome::taskId,
                        RecordedOutcome::trial,
                        RecordedOutcome::resolved,
                        RecordedOutcome::reward)
                .containsExactly(
                        tuple("a,\"1\"", Optional.of("t1"), false, 0.5),
                        tuple("b", Optional.of("t2"), true, 1.0),
                        tuple("b", Optional.empty(), false, 0.0));
    }

    @Test
    void aRowIsNamedByTheLineOnWhichItBegins() {
        assertThat(read("o.csv", "\ntask, reward \n\"a\n\nb\", 1 \n  \n\"c\",much")
                        .bad())
                .extracting(Throwable::getMessage)
                .containsExactly("line 7, reward: is `much`, expected a finite number");
    }

    @Test
    void aTableOfWordsIsRead() {
        assertThat(read("o.csv", "task,outcome\na,passed\nb,Unresolved\n").outcomes())
                .extracting(RecordedOutcome::resolved)
                .containsExactly(true, false);
    }

    @Test
    void aMatrixHasATrialAColumn() {
        OutcomesOfFile matrix = read("m.csv", "instance_id,one,two\na,1,0\nb,,1\n");

        assertThat(matrix.outcomes())
                .extracting(
                        RecordedOutcome::taskId, outcome -> outcome.trial().orElseThrow(), RecordedOutcome::resolved)
                .containsExactly(tuple("a", "one", true), tuple("a", "two", false), tuple("b", "two", true));
    }

    @Test
    void linesOfJsonAreATableToo() {
        OutcomesOfFile lines = read(
                "o.jsonl",
                "{\"task_id\": \"a\", \"trial\": \"t\", \"reward\": 1}\n{\"task_id\": \"b\", \"resolved\": false}\n");

        assertThat(lines.outcomes())
                .extracting(RecordedOutcome::taskId, RecordedOutcome::trial, RecordedOutcome::resolved)
                .containsExactly(tuple("a", Optional.of("t"), true), tuple("b", Optional.empty(), false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NaN     | line 2, reward: is `NaN`, expected a finite number
            1e999   | line 2, reward: is `1e999`, expected a finite number
            a lot   | line 2, reward: is `a lot`, expected a finite number
            ''      | line 2, reward: is empty, expected a finite number
            1,2     | line 2: has 3 values, expected 2 as in line 1
            """)
    void aBadRowOfATableIsNamedAndTheRestIsRead(String value, String message) {
        OutcomesOfFile table = read("o.csv", "task_id,reward\na," + value + "\nb,1\n");

        assertThat(table.bad()).extracting(Throwable::getMessage).containsExactly(message);
        assertThat(table.outcomes()).extracting(RecordedOutcome::taskId).containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": {"resolved": "yes"}, "b": {"resolved": true}}     | a.resolved: is the text "yes", expected true or false
            {"a": [true], "b": {"resolved": true}}                  | a: is a list of 1, expected an object
            {"resolved_ids": ["b", 7], "schema_version": 2}         | resolved_ids[1]: is the number 7, expected text
            {"resolved_ids": ["b"], "unresolved_ids": ["b"]}        | a second outcome of b; the first is taken. Give attempts at one task their own trial
            """)
    void aBadEntryOfAReportIsNamedAndTheRestIsRead(String report, String message) {
        OutcomesOfFile outcomes = read("r.json", report);

        assertThat(outcomes.bad()).extracting(Throwable::getMessage).containsExactly(message);
        assertThat(outcomes.outcomes()).extracting(RecordedOutcome::taskId).containsExactly("b");
    }

    @Test
    void filesThatAreNoTableOrNoTextAreNamed() {
        assertThat(read("o.csv", "name,value\na,1\n").bad().get(0))
                .hasMessage("line 1: has no column of tasks, expected one of task_id, instance_id, task, instance,"
                        + " task_name; it has name, value");
        assertThat(read("o.csv", "task,reward\n\"a,1\n").bad().get(0))
                .hasMessage("line 2: a quoted value does not end, expected a closing quote");
        assertThat(read("o.csv", "task,reward\n\"a\nb\",1\n\"c\" d,1\n").bad().get(0))
                .hasMessage("line 4: after the end of a quoted value stands more, expected a comma or the line's end");
        assertThat(new OutcomeReader()
                        .read("task,reward\n\u00e4,1\n".getBytes(StandardCharsets.ISO_8859_1), "o.csv")
                        .bad()
                        .get(0))
                .hasMessageStartingWith("is not UTF-8: byte 0xe4 at byte 12");
        assertThat(read("o.csv", "").bad().get(0)).hasMessageContaining("the file is empty");
    }

    @Test
    void theRealReportsOfTheTwentySamplesSayThatSixteenAreResolved() throws Exception {
        long resolved = 0;
        long read = 0;
        for (Map.Entry<String, byte[]> file :
                SharedData.unpacked("swebench-mini-swe-agent-v1-sample.tar.gz").entrySet()) {
            if (file.getKey().endsWith("report.json")) {
                OutcomesOfFile report = new OutcomeReader().read(file.getValue(), file.getKey());
                assertThat(report.bad()).isEmpty();
                assertThat(file.getKey())
                        .contains("/" + report.outcomes().get(0).taskId() + "/");
                read += report.outcomes().size();
                resolved += report.outcomes().stream()
                        .filter(RecordedOutcome::resolved)
                        .count();
            }
        }
        assertThat(read).isEqualTo(20);
        assertThat(resolved).isEqualTo(16);
    }

    @Test
    void theRealMatrixOfFiftySubmissionsIsReadWhole() throws Exception {
        Path file = Path.of("../../shared/data/swebench-verified-resolved-matrix.csv");
        Assumptions.assumeTrue(Files.exists(file), "the real data is not there");
        OutcomesOfFile matrix = new OutcomeReader().read(Files.readAllBytes(file), file.toString());

        assertThat(matrix.bad()).isEmpty();
        assertThat(matrix.outcomes()).hasSize(25_000);
        assertThat(matrix.outcomes().stream().filter(RecordedOutcome::resolved).count())
                .isEqualTo(9514);
    }

    private static OutcomesOfFile read(String path, String text) {
        return new OutcomeReader().read(text.getBytes(StandardCharsets.UTF_8), path);
    }
}
