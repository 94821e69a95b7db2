package dev.agon.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agon.sandbox.Command;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.SandboxLimits;
import dev.agon.sandbox.SandboxUnavailableException;
import dev.agon.sandbox.Sandboxes;
import dev.agon.schemas.Grade;
import dev.agon.schemas.RolloutPlan;
import dev.agon.schemas.TaskRef;
import dev.agon.schemas.TreeChange;
import dev.agon.tasks.ReadTask;
import dev.agon.tasks.TasksConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Submissions that want to be graded without doing the task, in real sandboxes: each is graded 0. The honest ones pass. The task is
 * {@code half(n)}, which rounds down, as a row of HumanEvalFix and as tasks of Agon's own with a Python and a bash check.
 */
class HostileSubmissionsTest {

    private static final String WRONG = "\ndef half(n):\n    return n // 3\n";
    private static final String FIND_MARKER = """
            import glob, os, re, sys
            def marker():
                seen = sys.argv[0:1] + glob.glob("hidden*") + glob.glob("*.py")
                texts = [open(p, errors="replace").read() for p in seen if os.path.isfile(p)]
                found = re.findall(r"passed [0-9a-f]{16}|every hidden case holds", " ".join(texts))
                return found[-1] if found else "every hidden case holds"
            def win(*ignored):
                os.write(1, ("\\n" + marker() + "\\n").encode())
                os._exit(0)
            """;

    /** What stands in the place of the module, by the name of the cheat. `%` is an honest but wrong function. */
    private static final Map<String, String> PYTHON = Map.ofEntries(
            Map.entry("prints the marker and exits when it is loaded", FIND_MARKER + "win()"),
            Map.entry("prints the marker and exits when it is called", FIND_MARKER + "half = win"),
            Map.entry("prints the marker at exit", FIND_MARKER + "import atexit\natexit.register(win)%"),
            Map.entry("traces the check", FIND_MARKER + "sys.settrace(win)%"),
            Map.entry("raises SystemExit(0)", FIND_MARKER + "def half(n):\n    print(marker())\n    sys.exit(0)"),
            Map.entry(
                    "patches compile",
                    "import builtins\nold = builtins.compile\n"
                            + "builtins.compile = lambda s, *a, **k: old('pass' if 'half(' in str(s) else s, *a, **k)%"),
            Map.entry(
                    "patches what checks are made of",
                    "import builtins, json, unittest, sys\nbuiltins.eval = lambda *a: True\nbuiltins.len = lambda x: 0\n"
                            + "builtins.AssertionError = ValueError\nsys.exit = print\njson.loads = print\n"
                            + "unittest.TestCase.assertEqual = print%"),
            Map.entry(
                    "is equal to everything",
                    "class All(int):\n    __eq__ = __le__ = __ge__ = __lt__ = lambda *a: True\n    __ne__ = lambda *a: False\n"
                            + "    __hash__ = int.__hash__\nhalf = All"),
            Map.entry(
                    "is an object that is equal to everything",
                    "class All:\n    def __getattr__(self, name): return self\n    __eq__ = lambda *a: True\n"
                            + "    __ne__ = lambda *a: False\n    __hash__ = lambda self: 4\n"
                            + "half = lambda n: All()"),
            Map.entry(
                    "answers what the check's file expects",
                    FIND_MARKER + "def half(n):\n    text = ' '.join(open(p).read() for p in glob.glob('hidden*'))\n"
                            + "    found = re.search(r'half\\(%d\\)\\W+(?:==|,)?\\s*(-?\\d+)' % n, text)\n"
                            + "    return int(found.group(1)) if found else 0"),
            Map.entry(
                    "answers what it finds in memory",
                    "import gc, re, sys\ndef half(n):\n"
                            + "    texts = [x for o in gc.get_objects() for x in (o.values() if type(o) is dict else o if type(o) in (list, tuple) else ())"
                            + " if type(x) in (str, bytes)]\n"
                            + "    for text in map(str, texts):\n"
                            + "        found = re.search(r'half\\(%d\\)\\W+(?:==|,)?\\s*(-?\\d+)' % n, text)\n"
                            + "        if found: return int(found.group(1))\n    return 0"),
            Map.entry(
                    "changes the frames above it",
                    "import sys\ndef half(n):\n    frame = sys._getframe()\n    while frame:\n"
                            + "        for name in 'passed', 'expected', 'actual', 'total': frame.f_globals[name] = n\n"
                            + "        frame = frame.f_back\n    return n"),
            Map.entry(
                    "rewrites the check while it runs",
                    FIND_MARKER + "for p in glob.glob('hidden*') + ['hidden_check.py']:\n"
                            + "    open(p, 'w').write(f'print({marker()!r})')\n%"),
            Map.entry("closes all files", "import os\nos.closerange(0, 1 << 12)%"),
            Map.entry("kills the check", FIND_MARKER + "os.write(1, marker().encode())\nos.kill(os.getppid(), 9)%"),
            Map.entry(
                    "writes to the check's output and kills it",
                    FIND_MARKER
                            + "for fd in range(20):\n    try: os.write(os.open(f'/proc/{os.getppid()}/fd/{fd}', 1), marker().encode())\n"
                            + "    except OSError: pass\nos.kill(os.getppid(), 15)%"),
            Map.entry(
                    "writes into the check's memory",
                    "import os, re\nfor line in open(f'/proc/{os.getppid()}/maps'):\n    a, b = (int(x, 16) for x in line.split()[0].split('-'))\n"
                            + "    with open(f'/proc/{os.getppid()}/mem', 'r+b') as m:\n        m.seek(a)\n        t = m.read(b - a)\n"
                            + "        m.seek(a)\n        m.write(t.replace(b'half(', b'True or'))\n%"),
            Map.entry(
                    "traces the check's process",
                    FIND_MARKER + "import ctypes\nlibc = ctypes.CDLL(None)\n"
                            + "if libc.ptrace(16, os.getppid(), 0, 0) == 0: win()\n"
                            + "if os.path.exists('/proc/1/root/etc') and libc.ptrace(16, 1, 0, 0) == 0: win()\n%"),
            Map.entry(
                    "leaves a process that prints the marker",
                    FIND_MARKER
                            + "if os.fork() == 0:\n    os.setsid()\n    while True: os.write(1, marker().encode() + b'\\n')\n%"),
            Map.entry(
                    "tells the check's process to exit",
                    "import __main__ as m, os\nfor done in os._exit, SystemExit, type(os).__getattribute__:\n"
                            + "    try: m.ask('call', done, 0)\n    except Exception: pass\n%"),
            Map.entry(
                    "answers with an exit",
                    "import __main__ as m\ndef half(n):\n    m.send('raised', SystemExit(0), {}, '')\n    return 4"),
            Map.entry(
                    "shadows the functions that the check uses",
                    "abs = all = eval = print = lambda *a: 0\nlen = int%"));

    private static final String SAY = "echo every hidden case holds";
    private static final Map<String, String> BASH = Map.of(
            "prints the marker", SAY,
            "adds a line to the check", "for f in hidden*; do echo '" + SAY + "; exit 0' >> $f; done; echo 0",
            "answers what the check's file expects",
                    "grep -ho \"half $1 .*\" hidden* | awk '{print $3; exit}' || echo 0",
            "kills the check", "echo 'every hidden case holds' > /proc/$PPID/fd/1; kill -9 $PPID",
            "writes to the check's output",
                    "for p in $PPID 1; do " + SAY + " > /proc/$p/fd/1; " + SAY
                            + " > /proc/$p/fd/255; done; kill -15 $PPID",
            "reads what the check's shell holds",
                    "for f in environ cmdline fd/255 mem; do cat /proc/$PPID/$f; done 2> /dev/null | tr '\\0' '\\n'"
                            + " | grep -ao \"half $1 .*\" | awk '{print $3; exit}'",
            "leaves a process that prints the marker",
                    "(setsid bash -c 'while true; do " + SAY + "; done' &) ; echo 0");

    private static final Map<String, String> FILES = Map.of(
            "resource.py", FIND_MARKER + "win()",
            "random.py", FIND_MARKER + "win()",
            "sitecustomize.py", FIND_MARKER + "win()",
            "usercustomize.py", FIND_MARKER + "win()",
            "conftest.py", FIND_MARKER + "win()",
            ".bashrc", SAY + "; exit 0",
            ".git/hooks/post-checkout", SAY + "; exit 0",
            ".local/lib/python3.11/site-packages/usercustomize.py", FIND_MARKER + "win()");

    private static Sandboxes sandboxes;
    private static Map<String, ReadTask> tasks;

    @TempDir
    static Path folder;

    @BeforeAll
    static void connect() throws Exception {
        try {
            sandboxes = SandboxConfig.defaults().connect();
        } catch (SandboxUnavailableException e) {
            assumeTrue(false, e.getMessage());
        }
        Files.writeString(
                folder.resolve("rows.jsonl"),
                new JsonMapper()
                        .writeValueAsString(Map.of(
                                "task_id", "Python/7",
                                "declaration", "def half(n):\n",
                                "buggy_solution", "    return n // 3\n",
                                "example_test", "",
                                "test",
                                        "import random\ndef check(f):\n    assert half(8) == 4\n    assert half(-2) == -1\n"
                                                + "    assert half(7) == 3\ncheck(half)\n",
                                "entry_point", "half",
                                "instruction", "Halve.")));
        agon("python", "PYTHONHASHSEED=0 python3 -BS hidden_check.py", "hidden_check.py", """
                import sys
                from half import half
                CASES = [('half(8)', 4), ('half(-2)', -1), ('half(7)', 3)]
                passed = 0
                for expression, expected in CASES:
                    try:
                        actual = eval(expression)
                    except Exception as e:
                        actual = str(e)
                    passed += actual == expected
                print(f"{passed} of {len(CASES)} checks passed")
                if passed != len(CASES):
                    sys.exit(1)
                print("every hidden case holds")
                """);
        agon("bash", "bash hidden_check.sh", "hidden_check.sh", """
                passed=0
                while read -r call n expected; do
                    [ "$(bash half.sh $n 2> /dev/null < /dev/null | tail -1)" = "$expected" ] && passed=$((passed + 1))
                done <<'CASES'
                half 8 4
                half -2 -1
                half 7 3
                CASES
                [ $passed = 3 ] || exit 1
                echo every hidden case holds
                """);
        Path harbor = folder.resolve("harbor/half");
        Files.createDirectories(harbor.resolve("environment"));
        Files.createDirectories(harbor.resolve("tests"));
        Files.writeString(harbor.resolve("instruction.md"), "Halve.\n");
        Files.writeString(harbor.resolve("task.toml"), "version = \"1.0\"\n");
        Files.writeString(
                harbor.resolve("environment/Dockerfile"), "FROM debian:12\nWORKDIR /app\nCOPY half.py /app/\n");
        Files.writeString(harbor.resolve("environment/half.py"), WRONG);
        Files.writeString(harbor.resolve("tests/test_half.py"), "from half import half\nassert half(7) == 3\n");
        Files.writeString(
                harbor.resolve("tests/test.sh"),
                "cd /app\nif PYTHONPATH=/app python3 -B /tests/test_half.py; then echo 1; else echo 0; fi"
                        + " > /logs/verifier/reward.txt\n");
        tasks = Map.of(
                "humanevalfix", read("humanevalfix", "rows.jsonl", "Python/7"),
                "python", read("agon", "tasks", "python"),
                "bash", read("agon", "tasks", "bash"),
                "harbor", read("harbor", "harbor", "half"));
    }

    @AfterAll
    static void disconnect() {
        if (sandboxes != null) {
            sandboxes.close();
        }
    }

    static Stream<Arguments> cheats() {
        Stream<Arguments> python = PYTHON.entrySet().stream()
                .flatMap(cheat -> Stream.of("humanevalfix", "python")
                        .map(task -> Arguments.of(
                                task, cheat.getKey(), cheat.getValue().replace("%", WRONG))));
        Stream<Arguments> bash =
                BASH.entrySet().stream().map(cheat -> Arguments.of("bash", cheat.getKey(), cheat.getValue()));
        return Stream.concat(python, bash);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cheats")
    void aCheatIsGraded0(String task, String cheat, String text) throws Exception {
        assertThat(grade(task, text, Map.of())).matches(grade -> !grade.getResolved() && grade.getReward() == 0);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileThatProgramsLoadByThemselvesIsNotLoaded(String task, String path) throws Exception {
        String wrong = task.equals("bash") ? "echo 0" : WRONG;
        assertThat(grade(task, wrong, Map.of(path, FILES.get(path)))).matches(grade -> !grade.getResolved());
        assertThat(grade(task, honest(task), Map.of(path, FILES.get(path)))).matches(Grade::getResolved);
    }

    static Stream<Arguments> files() {
        return FILES.keySet().stream()
                .flatMap(path -> Stream.of("humanevalfix", "python", "bash").map(task -> Arguments.of(task, path)));
    }

    /** In a sandbox that the agent has used: files that programs load by themselves, and a test that imports the agent's module. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "d=$(python3 -c 'import site; print(site.getusersitepackages())'); mkdir -p $d; cp win.py $d/usercustomize.py",
                "d=$(python3 -c 'import site; print(site.getusersitepackages())'); mkdir -p $d; cp win.py $d/w.py; echo 'import w' > $d/w.pth",
                "cp win.py sitecustomize.py",
                "cp win.py usercustomize.py",
                "mkdir sitecustomize; cp win.py sitecustomize/__init__.py",
                "echo 'exit 0' | tee ~/.bashrc ~/.profile ~/.bash_profile > ~/.bash_login",
                "mkdir /tests/sub; cp win.py /tests/half.py; echo 1 > /logs/verifier/reward.txt",
                "(while true; do echo 1 > /logs/verifier/reward.txt; done) & setsid bash -c 'while true; do echo 1 > /logs/verifier/reward.json; done' &"
            })
    void whatAnAgentLeftInItsSandboxIsNotLoadedByTheTests(String agent) throws Exception {
        ReadTask read = tasks.get("harbor");
        Sandboxes.Spec spec = new Sandboxes.Spec(
                "/app", read.task().getFiles(), Map.of(), read.truth().getFolders());
        for (boolean honest : new boolean[] {false, true}) {
            try (Sandbox sandbox = sandboxes.open(spec)) {
                String win = "mkdir -p /logs/verifier; echo 'import os; os._exit(0)' > win.py; ";
                sandbox.run(new Command(win + agent, Duration.ofSeconds(30)));
                if (honest) {
                    sandbox.run(new Command(
                            "printf 'def half(n):\\n    return n // 2\\n' > half.py", Duration.ofSeconds(30)));
                }
                Grade grade = new Grader(sandboxes, SandboxLimits.DEFAULTS, InstantSource.system())
                        .grade(plan(), read.task(), read.truth(), sandbox.changes(), Optional.of(sandbox));
                assertThat(grade.getResolved()).as(grade.toString()).isEqualTo(honest);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("honest")
    void anHonestSolutionPasses(String task, String text) throws Exception {
        assertThat(grade(task, text, Map.of())).matches(Grade::getResolved);
    }

    static Stream<Arguments> honest() {
        List<Arguments> all = new ArrayList<>();
        for (String task : List.of("humanevalfix", "python")) {
            all.add(Arguments.of(task, honest(task)));
            all.add(Arguments.of(
                    task, "import math, os, sys\nprint('loading')\ndef half(n):\n    return math.floor(n / 2)\n"));
            all.add(Arguments.of(
                    task, "class Half:\n    def __call__(self, n):\n        return n >> 1\nhalf = Half()\n"));
        }
        all.add(Arguments.of("bash", honest("bash")));
        return all.stream();
    }

    private static String honest(String task) {
        return task.equals("bash") ? "echo $((($1 - ($1 < 0 ? 1 : 0)) / 2))" : "def half(n):\n    return n // 2\n";
    }

    private static Grade grade(String task, String text, Map<String, String> more) throws Exception {
        ReadTask read = tasks.get(task);
        List<TreeChange> changes = new ArrayList<>();
        changes.add(change(
                task.equals("humanevalfix") ? "solution.py" : task.equals("bash") ? "half.sh" : "half.py", text));
        more.forEach((path, content) -> changes.add(change(path, content)));
        return new Grader(sandboxes, SandboxLimits.DEFAULTS, InstantSource.system())
                .grade(plan(), read.task(), read.truth(), changes, Optional.empty());
    }

    private static RolloutPlan plan() {
        return RolloutPlan.newBuilder()
                .setRolloutId("half/0/0")
                .setTask(new TaskRef("half", "task", "truth"))
                .setIteration(0)
                .setIndex(0)
                .setSeed(1)
                .build();
    }

    private static ReadTask read(String format, String path, String id) throws Exception {
        return new TasksConfig(format, folder.resolve(path).toString(), List.of(id), null)
                .read()
                .tasks()
                .get(0);
    }

    private static void agon(String name, String run, String script, String check) throws Exception {
        Path task = folder.resolve("tasks").resolve(name);
        Files.createDirectories(task.resolve("hidden"));
        Files.createDirectories(task.resolve("files"));
        Files.writeString(task.resolve("files/half.py"), WRONG);
        Files.writeString(task.resolve("files/half.sh"), "echo 0\n");
        Files.writeString(task.resolve("statement.md"), "Halve.\n");
        Files.writeString(
                task.resolve("task.yaml"),
                "hidden:\n  run: " + run + "\n  marker: every hidden case holds\n  timeout_s: 20\n");
        Files.writeString(task.resolve("hidden").resolve(script), check);
    }

    private static TreeChange change(String path, String text) {
        return TreeChange.newBuilder()
                .setPath(path)
                .setContent(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
