package dev.agon.fuzz;

import dev.agon.agent.AgentConfigException;
import dev.agon.agent.AgentFile;
import dev.agon.agent.AgentOverrides;
import dev.agon.agent.AnswerTexts;
import dev.agon.evidence.Attempts;
import dev.agon.evidence.Evidence;
import dev.agon.evidence.LeakScan;
import dev.agon.grading.GradingTexts;
import dev.agon.grading.NoVerdictException;
import dev.agon.model.http.EndpointTexts;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.config.RunConfigReader;
import dev.agon.repair.RepairTexts;
import dev.agon.schemas.Rollout;
import dev.agon.summarize.SummaryTexts;
import dev.agon.tasks.BadInputException;
import dev.agon.tasks.TaskTexts;
import dev.agon.tournament.VoteTexts;
import dev.agon.trajectory.OutcomeReader;
import dev.agon.trajectory.SharedData;
import dev.agon.trajectory.Trajectory;
import dev.agon.trajectory.TrajectoryFile;
import dev.agon.trajectory.TrajectoryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All that reads what others wrote, with good texts of each kind: small ones from here, real ones from the shared data if it is there. */
final class Targets {

    private static final int MOST_BYTES = 100_000;
    private static final int MOST_FILES = 40;
    private static final String MINI =
            "{\"info\":{\"exit_status\":\"Submitted\",\"submission\":\"x\",\"model_stats\":{\"api_calls\":1,"
                    + "\"instance_cost\":0.1}},\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":"
                    + "\"<task>t</task>\"},{\"role\":\"assistant\",\"content\":\"```bash\\nls\\n```\"},{\"role\":\"user\",\"content\":"
                    + "\"<returncode>0</returncode>\\n<output>\\na</output>\"}],\"trajectory_format\":\"mini-swe-agent-1\","
                    + "\"instance_id\":\"t-1\"}";
    private static final String ATIF =
            "{\"schema_version\":\"ATIF-v1.4\",\"session_id\":\"a\",\"agent\":{\"name\":\"a\",\"version\":\"1\"},"
                    + "\"steps\":[{\"step_id\":1,\"source\":\"user\",\"message\":\"do\"},{\"step_id\":2,\"source\":\"agent\",\"message\":\"m\","
                    + "\"tool_calls\":[{\"tool_call_id\":\"c\",\"function_name\":\"bash\",\"arguments\":{\"command\":\"ls\"}}],"
                    + "\"observation\":{\"results\":[{\"source_call_id\":\"c\",\"content\":\"out\"}]},"
                    + "\"metrics\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"cost_usd\":0.1}}],"
                    + "\"subagent_trajectories\":[],\"final_metrics\":{\"total_steps\":2}}";
    private static final String SWE_AGENT =
            "{\"instance_id\":\"t\",\"model_name\":\"m\",\"target\":true,\"exit_status\":\"submitted\",\"generated_patch\":\"d\","
                    + "\"trajectory\":[{\"role\":\"system\",\"system_prompt\":\"s\"},{\"role\":\"user\",\"text\":\"ISSUE:\\nx\\n\\nINSTRUCTIONS:\"},"
                    + "{\"role\":\"ai\",\"text\":\"think\\n```\\nls\\n```\"},{\"role\":\"user\",\"text\":\"out\"}]}";
    private static final String OPEN_HANDS =
            "{\"instance_id\":\"t\",\"test_result\":{\"git_patch\":\"d\"},\"metadata\":{\"llm_config\":{\"model\":\"m\"}},\"history\":["
                    + "{\"id\":1,\"source\":\"user\",\"action\":\"message\",\"args\":{\"content\":\"go\"}},"
                    + "{\"id\":2,\"source\":\"agent\",\"action\":\"run\",\"args\":{\"command\":\"ls\",\"thought\":\"t\"}},"
                    + "{\"id\":3,\"observation\":\"run\",\"cause\":2,\"content\":\"a\",\"extras\":{\"metadata\":{\"exit_code\":0}}}]}";
    private static final String OPENAI =
            "{\"id\":\"1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"a\","
                    + "\"reasoning\":\"r\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"bash\",\"arguments\":\"{}\"}}]},"
                    + "\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":-0.1}]},\"finish_reason\":\"stop\"}],\"usage\":"
                    + "{\"prompt_tokens\":3,\"completion_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":2}}}";
    private static final String ANTHROPIC =
            "{\"content\":[{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"s\"},{\"type\":\"text\","
                    + "\"text\":\"a\"},{\"type\":\"tool_use\",\"id\":\"u\",\"name\":\"bash\",\"input\":{\"command\":\"ls\"}}],\"stop_reason\":\"end\","
                    + "\"usage\":{\"input_tokens\":3,\"output_tokens\":4,\"cache_read_input_tokens\":1}}";
    private static final String ERROR =
            "{\"error\":{\"message\":\"This model's maximum context length is 8192 tokens. exceeds\","
                    + "\"type\":\"x\",\"code\":400}}";
    private static final String HEADERS = "Retry-After: 3\nretry-after-ms: 120\nx-ratelimit-remaining-tokens: 0\n"
            + "x-ratelimit-reset-tokens: 6m0s\nanthropic-ratelimit-requests-remaining: 0\n"
            + "anthropic-ratelimit-requests-reset: 2030-01-02T03:04:15Z";
    private static final String DOCKERFILE =
            "FROM python:3.12-slim\nWORKDIR /app\nENV A=b C=\"d e\"\nCOPY src/a.txt ./\n"
                    + "RUN apt-get update && apt-get install -y tmux \\\n  git; mkdir -p /app/x\nUSER root\nCMD [\"bash\", \"-c\"]\n";
    private static final String OUTPUT =
            "===== short test summary info =====\nPASSED a\nSKIPPED [2] b.py: no\nFAILED c - x\n"
                    + "3 passed, 1 failed in 0.1s\nRan 3 tests in 1.2s\n\nFAILED (failures=1, errors=2)\ntest result: ok. 1 passed; 2 failed\n"
                    + "Tests run: 3, Failures: 1, Errors: 0\nmake: *** [all] Error 1\n";
    private static final String COMMANDS =
            "cp -a x /tests/y; git log --all && sed -i s/a/b/ f.py\ncat > a.py <<'EOF'\nopen('b', 'w')\nEOF\n"
                    + "curl https://github.com/a/b/pull/3.patch | tee -a c\ntimeout 3 make check\npython test_a.py";
    private static final String PYTHON =
            "def solve(a, b=1, *c):\n    \"\"\"Adds.\"\"\"\n    if a < b and not c:\n        return [x ** 2 for x in c "
                    + "if x % 2 == 0][1:-1]\n    d = {'k': lambda y: y + 1, **a}\n    return f(a[0], b=b)(c).d if a else -b\n";
    private static final String SUMMARY =
            "{\"hypotheses\":[\"h\"],\"actions\":[],\"evidence\":[\"e\"],\"files_changed\":[\"f\"],\"progress\":"
                    + "\"p\",\"failure_modes\":[],\"open_questions\":[],\"outcome\":\"solved\"}";
    private static final String TRACE =
            "=== Step 1: agent\nTHOUGHT: x\n```mswea_bash_command\nls\n```\n=== Step 1: observation\n<returncode>0"
                    + "</returncode>\nTrial 3: 2 of 5 checks passed\n=== Ended: submitted\n```diff\n+++ b/a.py\n```\nThe tests pass.";
    private static final String RUN =
            "name: x\nseed: 3\ntasks: {format: agon, path: tasks, ids: [a, b]}\nmodel:\n  provider: openai\n  name: m\n"
                    + "  base_url: http://localhost:8000/v1\n  extra_body: {a: {b: 1}}\nscaling: &s {rollouts: 4, iterations: 2}\n";

    private Targets() {}

    /** @param folder where files may be written */
    static List<Target> all(Path folder) {
        return List.of(
                files(
                        "trajectories",
                        Targets::trajectories,
                        List.of(),
                        List.of(MINI, ATIF, SWE_AGENT, OPEN_HANDS),
                        "swebench-mini-swe-agent-v1-sample.tar.gz",
                        "atif-samples.tar.gz",
                        "tb21-mini-swe-agent-dev.tar.gz"),
                files(
                        "outcomes",
                        text -> new OutcomeReader().read(text, "logs/t-1/report.json"),
                        List.of(),
                        List.of(
                                "instance_id,resolved\nt-1,true\n\"t,2\",0\n",
                                "{\"t-1\":{\"resolved\":true}}",
                                "{\"task_name\":\"t\",\"trial_name\":\"t__1234567\",\"verifier_result\":{\"rewards\":{\"reward\":1.0}}}",
                                "{\"resolved_ids\":[\"a\"],\"unresolved_ids\":[\"b\"],\"error_ids\":[]}"),
                        "swebench-mini-swe-agent-v1-sample.tar.gz"),
                Target.of("openai", body -> EndpointTexts.body(body, false), List.of(), OPENAI, ERROR),
                Target.of("anthropic", body -> EndpointTexts.body(body, true), List.of(), ANTHROPIC, ERROR),
                Target.of("headers", EndpointTexts::headers, List.of(), HEADERS),
                Target.of("dockerfile", TaskTexts::dockerfile, List.of(), DOCKERFILE),
                Target.of("scripts", TaskTexts::script, List.of(), COMMANDS, "if true; then\n  pip install x\nfi\n"),
                inFolder(
                        "agon",
                        folder,
                        "t/task.yaml",
                        List.of("statement.md"),
                        "id: a\nworkdir: /app\nvisible: {run: bash check.sh}\nhidden:\n  run: bash h.sh\n  timeout_s: 3\n"),
                inFolder(
                        "harbor",
                        folder,
                        "t/task.toml",
                        List.of("instruction.md", "tests/test.sh", "environment/Dockerfile"),
                        "version = \"1.0\"\n[agent]\ntimeout_sec = 900.0\n[verifier]\ntimeout_sec = 60\n[verifier.env]\nA = \"b\"\n"
                                + "[environment]\ncpus = 1\nmemory_mb = 2048\n"),
                inFolder(
                        "terminal-bench",
                        folder,
                        "t/task.yaml",
                        List.of("run-tests.sh", "Dockerfile"),
                        "instruction: |-\n  do it\nmax_agent_timeout_sec: 360.0\nmax_test_timeout_sec: 60\nparser_name: pytest\n"),
                records(
                        "swebench",
                        folder,
                        "{\"instance_id\":\"a__b-1\",\"repo\":\"a/b\",\"base_commit\":\"c\",\"problem_statement\":\"p\","
                                + "\"FAIL_TO_PASS\":\"[\\\"t\\\"]\",\"PASS_TO_PASS\":[],\"test_patch\":\"d\",\"version\":\"1\"}"),
                records(
                        "humanevalfix",
                        folder,
                        "{\"task_id\":\"Python/0\",\"prompt\":\"def f():\\n\",\"declaration\":\"def f():\\n\","
                                + "\"buggy_solution\":\"  return 1\\n\",\"canonical_solution\":\"  return 2\\n\",\"test\":\"assert f()\",\"entry_point\":\"f\","
                                + "\"test_setup\":\"\",\"example_test\":\"\",\"docstring\":\"d\",\"instruction\":\"i\"}"),
                new Target(
                        "run-config",
                        bytes(RUN),
                        text -> RunConfigReader.read(Files.write(folder.resolve("run.yaml"), text), Map.of()),
                        List.of(ConfigException.class)),
                Target.of(
                        "agent-config",
                        text -> new AgentFile("a.yaml", text).compile(AgentOverrides.NONE),
                        List.of(AgentConfigException.class),
                        AgentFile.shipped().yaml()),
                Target.of("answers", AnswerTexts::read, List.of(), TRACE, "{\"command\":\"ls\"}"),
                Target.of("pytest", GradingTexts::pytest, List.of(NoVerdictException.class), OUTPUT),
                Target.of(
                        "reward",
                        GradingTexts::reward,
                        List.of(NoVerdictException.class),
                        "0.5\n",
                        "{\"reward\": 1}",
                        "{\"a\": 0.1}"),
                Target.of(
                        "outputs",
                        text -> evidence(
                                Attempts.attempt().ran("make check", text).rollout()),
                        List.of(),
                        OUTPUT),
                Target.of(
                        "commands",
                        text -> evidence(Attempts.attempt().ran(text, "").rollout()),
                        List.of(),
                        COMMANDS),
                Target.of("summaries", SummaryTexts::reply, List.of(), SUMMARY, "```json\n" + SUMMARY + "\n```"),
                Target.of("votes", VoteTexts::reply, List.of(), "I prefer <vote> 3 </vote>"),
                Target.of("attempts", RepairTexts::attempt, List.of(), TRACE, OUTPUT),
                Target.of("python", text -> RepairTexts.source("a.py", text), List.of(), PYTHON),
                Target.of("shell", text -> RepairTexts.source("a.sh", text), List.of(), "#!/bin/bash\n" + COMMANDS));
    }

    private static void trajectories(byte[] text) {
        TrajectoryFile alone = new TrajectoryFile() {
            @Override
            public String path() {
                return "t-1/t-1.traj.json";
            }

            @Override
            public byte[] near(String reference) throws IOException {
                throw new IOException("alone");
            }
        };
        for (Trajectory trajectory :
                new TrajectoryReader().read(text, alone, "auto").trajectories()) {
            evidence(trajectory.rollout());
        }
    }

    private static void evidence(Rollout rollout) {
        LeakScan.of(rollout);
        Evidence.of(rollout);
    }

    private static Target inFolder(String format, Path folder, String name, List<String> beside, String good) {
        Path file = folder.resolve(format).resolve(name);
        try {
            for (String other : beside) {
                Path there = file.resolveSibling(other);
                Files.createDirectories(there.getParent());
                Files.writeString(there, "FROM python:3.12\nWORKDIR /app\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Target(
                format,
                bytes(good),
                text -> TaskTexts.dataSet(format, file, text, file.getParent().getParent()),
                List.of(BadInputException.class));
    }

    private static Target records(String format, Path folder, String good) {
        Path file = folder.resolve(format + ".jsonl");
        return new Target(
                format,
                bytes(good, good + "\n" + good, "[" + good + "]"),
                text -> TaskTexts.dataSet(format, file, text, file),
                List.of(BadInputException.class));
    }

    private static Target files(
            String name,
            Target.Reader reader,
            List<Class<? extends Exception>> own,
            List<String> good,
            String... archives) {
        List<byte[]> texts = new ArrayList<>(bytes(good.toArray(String[]::new)));
        for (String archive : archives) {
            try {
                SharedData.unpacked(archive).values().stream()
                        .filter(text -> text.length < MOST_BYTES)
                        .limit(MOST_FILES)
                        .forEach(texts::add);
            } catch (IOException | org.opentest4j.TestAbortedException absent) {
                // The texts from here are enough for a start.
            }
        }
        return new Target(name, texts, reader, own);
    }

    private static List<byte[]> bytes(String... texts) {
        List<byte[]> bytes = new ArrayList<>();
        for (String text : texts) {
            bytes.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes;
    }
}
