package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.schemas.TableName;
import dev.agon.stores.ObjectStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code agon replay} through the command line, on corpora of its own making. */
class ReplayTest {

    private static final Set<TableName> ALL_BUT_GRADES = EnumSet.complementOf(EnumSet.of(TableName.GRADES));

    @TempDir
    Path folder;

    private Path corpus;
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        corpus = Files.createDirectories(folder.resolve("corpus"));
        config = Files.writeString(
                folder.resolve("replay.yaml"),
                "name: corpus\nseed: 4\nreplay: {path: corpus}\nscaling: {context_size: 2, votes: 4}\n");
    }

    @Test
    void aCorpusOfUnevenPopulationsIsSelectedFromAndNothingIsAskedTwice() throws Exception {
        writeCorpus(index -> index % 2);
        Path out = folder.resolve("out");
        Outcome outcome = replay(out);
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        assertThat(outcome.text()).contains("replay of 8 files", "final");
        RunQuery query = new RunQuery(out);
        assertThat(query.texts("SELECT rollout_id || ' ' || trial FROM rollouts ORDER BY 1"))
                .containsExactly(
                        "many/0/0 many__0",
                        "many/0/1 many__1",
                        "many/0/2 many__2",
                        "many/0/3 many__3",
                        "many/0/4 many__4",
                        "one/0/0 one__0",
                        "two/0/0 two__0",
                        "two/0/1 two__1");
        assertThat(query.texts("SELECT rollout_id FROM grades WHERE resolved ORDER BY 1"))
                .containsExactly("many/0/1", "many/0/3", "two/0/1");
        assertThat(query.number("SELECT count(*) FROM selections WHERE stage = 'select'"))
                .isEqualTo(2 + 2 + 1);
        assertThat(query.texts("SELECT task_id FROM selections WHERE stage = 'final' ORDER BY 1"))
                .containsExactly("many", "one", "two");
        assertThat(query.number("SELECT sum(len(steps)) FROM rollouts")).isEqualTo(2 * 8);
        assertThat(query.number("SELECT sum(model_calls_paid) FROM rollouts")).isZero();
        assertThat(query.number("SELECT sum(model_calls_paid) FROM votes")).isPositive();
        String tables = query.fingerprint();

        assertThat(replay(out).exitCode()).isZero();
        assertThat(query.fingerprint()).isEqualTo(tables);
        JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(run.at("/totals/model_calls_paid").asInt(-1)).isZero();
        assertThat(run.at("/status").asText()).isEqualTo("done");
    }

    @Test
    void selectionsDoNotDependOnOutcomes() throws Exception {
        writeCorpus(index -> 0);
        Path none = folder.resolve("none");
        assertThat(replay(none).exitCode()).isZero();
        writeCorpus(index -> 1);
        Path all = folder.resolve("all");
        assertThat(replay(all).exitCode()).isZero();
        assertThat(new RunQuery(none).number("SELECT count(*) FROM grades WHERE resolved"))
                .isZero();
        assertThat(new RunQuery(all).number("SELECT count(*) FROM grades WHERE resolved"))
                .isEqualTo(8);
        assertThat(new RunQuery(all).fingerprint(ALL_BUT_GRADES))
                .isEqualTo(new RunQuery(none).fingerprint(ALL_BUT_GRADES));
    }

    @Test
    void anAttemptWithoutAnOutcomeIsAFailureOfInfrastructureAmongThoseThatHaveOne() throws Exception {
        writeCorpus(index -> 1);
        Files.writeString(
                corpus.resolve("one/0.json"), document("one", "one__0", 0, "x").replaceFirst("\"reward\": 0, ", ""));
        Outcome outcome = replay(folder.resolve("out"));
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        assertThat(outcome.text().lines().map(line -> line.replaceAll("[ ]+", " ")))
                .anyMatch(line -> line.matches("iteration 0 2 7 1 100.0 \\[.*\\] 66.7 \\[.*\\]"));
    }

    @Test
    void aCorpusThatGoesOutAsAtifComesBackWithItsTasks() throws Exception {
        writeCorpus(index -> 1);
        Path out = folder.resolve("out");
        assertThat(replay(out).exitCode()).isZero();
        Path atif = folder.resolve("atif");
        assertThat(RunEndToEndTest.execute(
                                "export", "trajectories", out.toString(), "--format", "atif", "--out", atif.toString())
                        .exitCode())
                .isZero();
        Path again = folder.resolve("again");
        assertThat(replay(again, "--set", "replay.path=" + atif).exitCode()).isZero();
        String attempts = "SELECT task_id || ' ' || count(*) FROM rollouts GROUP BY task_id ORDER BY 1";
        assertThat(new RunQuery(again).texts(attempts)).isEqualTo(new RunQuery(out).texts(attempts));
    }

    @Test
    void anAttemptThatEndsInTheMiddleIsUnfinishedAndTheRunIsNot() throws Exception {
        String whole = document("cut", "cut__0", 0, "x");
        String cut = whole.replaceFirst(", \\{\"step_id\": 3[^}]*\\}", "");
        assertThat(cut).isNotEqualTo(whole);
        Files.writeString(corpus.resolve("cut.json"), cut);
        Path out = folder.resolve("out");
        Outcome outcome = replay(out);
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        assertThat(new RunQuery(out).texts("SELECT outcome FROM rollouts")).containsExactly("unfinished");
        assertThat(out.resolve("run.json")).content().contains("\"status\" : \"done\"");
    }

    @Test
    void theTablesOfAnEarlierRunAreACorpusToo() throws Exception {
        writeCorpus(index -> index % 2);
        Path first = folder.resolve("first");
        assertThat(replay(first).exitCode()).isZero();
        Path again = folder.resolve("again");
        Outcome outcome = replay(again, "--set", "replay.path=" + first);
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        RunQuery query = new RunQuery(again);
        assertThat(query.fingerprint(Set.of(TableName.SELECTIONS)))
                .isEqualTo(new RunQuery(first).fingerprint(Set.of(TableName.SELECTIONS)));
        assertThat(query.texts("SELECT rollout_id FROM grades WHERE resolved ORDER BY 1"))
                .containsExactly("many/0/1", "many/0/3", "two/0/1");
    }

    @Test
    void aJobOfHarborInAnObjectStoreIsReadWithWhatItsTrajectoriesReferTo() throws Exception {
        String job = "object://replay/jobs/1/";
        for (int index = 0; index < 2; index++) {
            String trial = job + "count__abcdef" + index + "/";
            ObjectStore.put(
                    trial + "agent/trajectory.json",
                    atif("\"continued_trajectory_ref\": \"trajectory.cont-1.json\"", "first"));
            ObjectStore.put(trial + "agent/trajectory.cont-1.json", atif("\"notes\": \"the end\"", "second"));
            ObjectStore.put(trial + "config.json", "{}");
            ObjectStore.put(trial + "agent/mini-swe-agent.trajectory.json", atif("\"notes\": \"again\"", "the same"));
            ObjectStore.put(trial + "verifier/ctrf.json", "{\"results\": {}}");
            ObjectStore.put(
                    trial + "result.json",
                    "{\"task_name\": \"count\", \"trial_name\": \"count__abcdef" + index
                            + "\", \"verifier_result\": {\"rewards\": {\"reward\": " + index + ".0}}}");
        }
        ObjectStore.put(job + "result.json", "{\"n_total_trials\": 2, \"stats\": {}}");
        Path out = folder.resolve("out");
        Outcome outcome = replay(out, "--set", "replay.path=" + job, "--set", "replay.outcomes=" + job);
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        RunQuery query = new RunQuery(out);
        assertThat(query.texts("SELECT rollout_id || ' ' || trial || ' ' || len(steps) FROM rollouts ORDER BY 1"))
                .containsExactly("count/0/0 count__abcdef0 2", "count/0/1 count__abcdef1 2");
        assertThat(query.texts("SELECT rollout_id FROM grades WHERE resolved")).containsExactly("count/0/1");
        assertThat(query.number("SELECT count(*) FROM grades")).isEqualTo(2);
    }

    @Test
    void outcomesComeFromFilesToo() throws Exception {
        writeCorpus(index -> 0);
        Path csv = Files.writeString(
                folder.resolve("outcomes.csv"), "task,trial,resolved\nmany,many__2,true\none,,true\ntwo,two__9,true\n");
        Path out = folder.resolve("out");
        Outcome outcome = replay(out, "--set", "replay.outcomes=" + csv);
        assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(1);
        RunQuery query = new RunQuery(out);
        assertThat(query.texts("SELECT rollout_id FROM grades WHERE resolved ORDER BY 1"))
                .containsExactly("many/0/2", "one/0/0");
        assertThat(query.number("SELECT count(*) FROM grades")).isEqualTo(8);
        assertThat(query.texts("SELECT message FROM failures"))
                .containsExactly("an outcome was left out: task `two` has no attempt `two__9` in the corpus");
    }

    @Test
    void whateverIsBrokenIsAFailureThatNamesFileAndFieldAndTheRestIsRead() throws Exception {
        writeCorpus(index -> index % 2);
        String good = document("many", "many__0", 1, "x");
        Map<String, byte[]> broken = new LinkedHashMap<>();
        broken.put("truncated", good.substring(0, good.length() / 2).getBytes(StandardCharsets.UTF_8));
        broken.put("utf16", good.getBytes(StandardCharsets.UTF_16));
        broken.put("latin1", good.replace("Solve", "Löse").getBytes(StandardCharsets.ISO_8859_1));
        broken.put("empty", new byte[0]);
        broken.put("binary", binary());
        broken.put("list", bytes("[1, 2]"));
        broken.put("number", bytes("42"));
        broken.put("unknown", bytes("{\"a\": 1}"));
        broken.put("deep", bytes("[".repeat(100_000)));
        broken.put("nan-reward", bytes(good.replace("\"reward\": 1", "\"reward\": NaN")));
        broken.put("text-reward", bytes(good.replace("\"reward\": 1", "\"reward\": \"yes\"")));
        broken.put("no-task", bytes(good.replace("\"task_name\": \"many\"", "\"task_name\": null")));
        broken.put("number-task", bytes(good.replace("\"task_name\": \"many\"", "\"task_name\": 7")));
        broken.put("no-steps", bytes(good.replace("\"steps\"", "\"stairs\"")));
        broken.put("text-steps", bytes(good.replaceFirst("\"steps\": \\[.*\\]", "\"steps\": \"none\"")));
        broken.put("number-step", bytes(good.replaceFirst("\"steps\": \\[", "\"steps\": [3, ")));
        broken.put("no-source", bytes(good.replace("\"source\": \"agent\"", "\"source\": \"oracle\"")));
        broken.put("number-message", bytes(good.replace("\"message\": \"done\"", "\"message\": 12")));
        broken.put("text-tokens", bytes(good.replace("\"prompt_tokens\": 100", "\"prompt_tokens\": \"many\"")));
        broken.put("negative-cost", bytes(good.replace("\"cost_usd\": 0.5", "\"cost_usd\": \"-\"")));
        broken.put("text-calls", bytes(good.replaceFirst("\"tool_calls\": \\[[^\\]]*\\]", "\"tool_calls\": \"ls\"")));
        broken.put("bad-time", bytes(good.replace("2026-01-02T03:04:05Z", "yesterday")));
        for (Map.Entry<String, byte[]> file : broken.entrySet()) {
            Files.write(corpus.resolve("broken-" + file.getKey() + ".json"), file.getValue());
        }
        Files.write(corpus.resolve("broken-gzip.json.gz"), Arrays.copyOf(gzip(good), 40));
        try (RandomAccessFile huge =
                new RandomAccessFile(corpus.resolve("broken-huge.json").toFile(), "rw")) {
            huge.setLength(300L << 20);
        }
        Files.writeString(corpus.resolve("doubled.json"), document("two", "two__1", 0, "y"));
        int expected = broken.size() + 3;

        Path out = folder.resolve("out");
        Outcome outcome = replay(out);
        assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(1);
        RunQuery query = new RunQuery(out);
        List<String> messages =
                query.texts("SELECT message FROM failures WHERE kind = 'bad_input' ORDER BY element_id");
        List<String> silent = new ArrayList<>();
        broken.keySet().forEach(name -> {
            if (messages.stream().noneMatch(message -> message.contains("broken-" + name + ".json"))) {
                silent.add(name);
            }
        });
        assertThat(silent).as("broken files that nothing was said about").isEmpty();
        assertThat(messages).hasSize(expected);
        assertThat(messages.stream().filter(message -> message.contains("broken-nan-reward")))
                .allMatch(message -> message.contains("reward") || message.contains("NaN"));
        assertThat(messages.stream().filter(message -> message.contains("broken-text-tokens")))
                .allMatch(message -> message.contains("prompt_tokens"));
        assertThat(query.number("SELECT count(*) FROM rollouts")).isEqualTo(8);
    }

    @Test
    void aCorpusThatIsNotThereIsSaidBeforeAnythingRuns() {
        Outcome outcome = replay(folder.resolve("out"));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.text()).contains("`replay.path`", "has no trajectories");
        Outcome unknown = replay(folder.resolve("out"), "--set", "replay.path=nothing-like-it://corpus");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.text()).contains("`replay.path` nothing-like-it://corpus cannot be listed");
    }

    private Outcome replay(Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("replay", config.toString(), "--out", out.toString()));
        arguments.addAll(List.of(more));
        return RunEndToEndTest.execute(arguments.toArray(String[]::new));
    }

    private interface Rewards {
        int of(int index);
    }

    private void writeCorpus(Rewards rewards) throws IOException {
        for (String task : List.of("one", "two", "many")) {
            int attempts = task.equals("one") ? 1 : task.equals("two") ? 2 : 5;
            for (int index = 0; index < attempts; index++) {
                Path file = corpus.resolve(task).resolve(index + ".json");
                Files.createDirectories(file.getParent());
                Files.writeString(file, document(task, task + "__" + index, rewards.of(index), "answer " + index));
            }
        }
    }

    private static String document(String task, String trial, int reward, String answer) {
        return """
                {"trial_name": "%s", "task_name": "%s", "reward": %d, "started_at": "2026-01-02T03:04:05Z", \
                "trajectory": {"schema_version": "atif-converted-1.0", "session_id": "s", \
                "agent": {"name": "mini-swe-agent", "version": "2", "model_name": "m"}, \
                "steps": [{"step_id": 1, "source": "user", "message": "Solve %s."}, \
                {"step_id": 2, "source": "agent", "message": "writing", "tool_calls": [{"tool_call_id": "a", "tool_name": "bash", \
                "arguments": {"keystrokes": "echo %s > x"}}], "observation": {"results": [{"content": "<returncode>0</returncode>"}]}, \
                "metrics": {"prompt_tokens": 100, "completion_tokens": 10, "cost_usd": 0.5}}, \
                {"step_id": 3, "source": "agent", "message": "done"}], \
                "final_metrics": {"total_prompt_tokens": 100, "total_completion_tokens": 10, "total_cached_tokens": 0, \
                "total_cost_usd": 0.25}}}""".formatted(trial, task, reward, task, answer);
    }

    private static String atif(String more, String message) {
        return """
                {"schema_version": "ATIF-v1.6", "session_id": "s", "agent": {"name": "a", "version": "1", "model_name": "m"}, %s, \
                "steps": [{"step_id": 1, "source": "agent", "message": "%s"}]}""".formatted(more, message);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] binary() {
        byte[] bytes = new byte[5_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    private static byte[] gzip(String text) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(out)) {
            gzip.write(bytes(text));
        }
        return out.toByteArray();
    }
}
