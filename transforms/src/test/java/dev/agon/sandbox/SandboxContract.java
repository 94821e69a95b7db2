package dev.agon.sandbox;

import static dev.agon.sandbox.TestSandboxes.change;
import static dev.agon.sandbox.TestSandboxes.file;
import static dev.agon.sandbox.TestSandboxes.output;
import static dev.agon.sandbox.TestSandboxes.run;
import static dev.agon.sandbox.TestSandboxes.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.sandbox.CommandResult.End;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TreeChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of sandbox does, whatever protects it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SandboxContract {

    private static final TaskFile APP = file("app.py", "print('hello')\n");

    private Sandboxes sandboxes;
    private Sandbox sandbox;

    abstract SandboxConfig config();

    @BeforeAll
    void connect() throws Exception {
        sandboxes = TestSandboxes.connect(config());
    }

    @AfterAll
    void disconnect() {
        if (sandboxes != null) {
            sandboxes.close();
        }
    }

    @AfterEach
    void closeSandbox() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private Sandbox open(TaskFile... files) throws Exception {
        sandbox = sandboxes.open(spec(files));
        return sandbox;
    }

    @Test
    void runsInTheWorkingFolderAndInterleavesBothStreams() throws Exception {
        CommandResult result = run(open(APP), "python3 app.py; echo oops >&2; ls; exit 3");

        assertThat(result.output()).isEqualTo("hello\noops\napp.py\n");
        assertThat(result.returnCode()).isEqualTo(OptionalInt.of(3));
        assertThat(result.ended()).isEqualTo(End.EXITED);
    }

    @Test
    void printsTheSameAddressesEveryTime() throws Exception {
        String first = run(open(APP), "python3 -c 'print(object(), print)'").output();

        assertThat(first).contains("object at 0x");
        assertThat(run(sandbox, "python3 -c 'print(object(), print)'").output()).isEqualTo(first);
        assertThat(run(open(APP), "python3 -c 'print(object(), print)'").output())
                .isEqualTo(first);
    }

    @Test
    void filesPersistBetweenCommandsButFolderAndVariablesDoNot() throws Exception {
        open();
        run(sandbox, "mkdir sub; echo kept > sub/file; cd sub; export LOST=1; shopt -s nullglob");

        assertThat(output(sandbox, "basename \"$PWD\"; cat sub/file; echo \"[$LOST]\""))
                .endsWith("kept\n[]")
                .doesNotStartWith("sub");
    }

    @Test
    void readsNothingFromStandardInput() throws Exception {
        assertThat(output(open(), "cat; echo done")).isEqualTo("done");
    }

    @Test
    void showsTheVariablesOfTheSpec() throws Exception {
        sandbox = sandboxes.open(new Sandboxes.Spec("/testbed", List.of(), Map.of("GREETING", "a b\n=c", "EMPTY", "")));

        assertThat(output(sandbox, "echo \"$GREETING|${EMPTY-unset}|$LANG|$PYTHONHASHSEED\""))
                .isEqualTo("a b\n=c||C.UTF-8|0");
    }

    @Test
    void aDeathBySignalIsAReturnCode() throws Exception {
        assertThat(run(open(), "kill -TERM $$").returnCode()).isEqualTo(OptionalInt.of(143));
    }

    @Test
    void endsACommandAtItsTimeLimitAndKeepsWhatItPrinted() throws Exception {
        CommandResult result = open().run(new Command("echo begun; sleep 1000; echo never", Duration.ofMillis(300)));

        assertThat(result.ended()).isEqualTo(End.TIMED_OUT);
        assertThat(result.returnCode()).isEmpty();
        assertThat(result.output()).isEqualTo("begun\n");
        assertThat(output(sandbox, "echo alive")).isEqualTo("alive");
    }

    @Test
    void cutsOutputExactlyAtTheLimit() throws Exception {
        int limit = config().limits().outputBytes();
        CommandResult exact = run(open(), "head -c " + limit + " /dev/zero | tr '\\0' x");
        assertThat(exact.output()).hasSize(limit);
        assertThat(exact.ended()).isEqualTo(End.EXITED);

        CommandResult more = run(sandbox, "head -c " + (limit + 1) + " /dev/zero | tr '\\0' x");
        assertThat(more.output()).hasSize(limit);
        assertThat(more.ended()).isEqualTo(End.OUTPUT_LIMIT);
    }

    @Test
    void endsAFloodOfOutput() throws Exception {
        CommandResult result = run(open(), "yes | head -c 10G");

        assertThat(result.ended()).isEqualTo(End.OUTPUT_LIMIT);
        assertThat(result.durationMs()).isLessThan(20_000);
        assertThat(output(sandbox, "echo alive")).isEqualTo("alive");
    }

    @Test
    void replacesOutputThatIsNotUtf8() throws Exception {
        assertThat(output(open(), "printf 'a\\xff\\xc3\\xa9b'")).isEqualTo("a\uFFFD\u00e9b");
    }

    @Test
    void aBackgroundProcessNeitherHoldsUpNorOutlivesItsCommand() throws Exception {
        open();
        long started = System.nanoTime();
        output(sandbox, "sleep 1000 & (trap '' HUP TERM; while :; do echo x >> grows; sleep 0.01; done) &");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));

        assertThat(output(sandbox, "a=$(wc -c < grows); sleep 0.3; b=$(wc -c < grows); echo $((b - a))"))
                .isEqualTo("0");
    }

    @Test
    void aDaemonThatForksTwiceAndStartsItsOwnSessionDiesWithItsCommand() throws Exception {
        open();
        output(
                sandbox,
                "(setsid bash -c '(while :; do echo x >> grows; sleep 0.01; done) </dev/null >/dev/null 2>&1 &' &) ; sleep 0.1");

        assertThat(output(sandbox, "test -s grows; a=$(wc -c < grows); sleep 0.3; b=$(wc -c < grows); echo $((b - a))"))
                .isEqualTo("0");
    }

    @Test
    void waitsForWhatAProcessSubstitutionStillPrints() throws Exception {
        assertThat(output(open(), "echo late > >(sleep 0.01; cat)")).isEqualTo("late");
    }

    /** The kernel takes 131,071 bytes as one argument. */
    @ParameterizedTest
    @ValueSource(ints = {100, 131_071, 131_072, 3 << 20})
    void aCommandOfAnyLengthRunsAsAnyOther(int length) throws Exception {
        String rest = "\nEND\nwc -c < kept; echo \"$0 $#\"; ls /proc/self/fd | wc -l; bash -c 'exit 7'";
        String begin = "cat > kept <<'END'\n";
        String script = begin + "x".repeat(Math.max(1, length - begin.length() - rest.length())) + rest;

        CommandResult result = run(open(), script);

        assertThat(result.output()).isEqualTo(script.length() - begin.length() - rest.length() + 1 + "\nbash 0\n4\n");
        assertThat(result.returnCode()).isEqualTo(OptionalInt.of(7));
    }

    @Test
    void aCommandThatKillsItselfWasEndedByNoLimit() throws Exception {
        for (String script : List.of("kill -9 $$", "bash -c 'kill -9 $$'; exit $?", "exit 137")) {
            CommandResult result = run(open(), script);
            assertThat(result.returnCode()).as(script).isEqualTo(OptionalInt.of(137));
            assertThat(result.ended()).as(script).isEqualTo(End.EXITED);
        }
        assertThat(run(sandbox, "exit 152").ended()).isEqualTo(End.EXITED);
    }

    @Test
    void theLimitOfProcessorTimeIsNamed() throws Exception {
        open();
        sandbox.limit(limits(1, SandboxLimits.DEFAULTS.outputBytes()));
        for (String script : List.of("while :; do :; done", "bash -c 'while :; do :; done'; exit $?")) {
            CommandResult result = run(sandbox, script);
            assertThat(result.ended()).as(script).isEqualTo(End.CPU_LIMIT);
            assertThat(result.returnCode()).as(script).isEqualTo(OptionalInt.of(152));
        }
        assertThat(output(sandbox, "echo alive")).isEqualTo("alive");
    }

    @Test
    void limitsCanBeRaised() throws Exception {
        open();
        sandbox.limit(limits(SandboxLimits.DEFAULTS.cpuSeconds(), 3 << 20));
        CommandResult result = run(sandbox, "head -c 2M /dev/zero | tr '\\0' x");
        assertThat(result.ended()).isEqualTo(End.EXITED);
        assertThat(result.output()).hasSize(2 << 20);
        String take = "python3 -c 'print(len(b\"x\" * (900 << 20)))'";
        assertThat(run(sandbox, take).returnCode()).isNotEqualTo(OptionalInt.of(0));
        SandboxLimits more = limits(SandboxLimits.DEFAULTS.cpuSeconds(), 1 << 20);
        sandbox.limit(new SandboxLimits(
                1500, more.processes(), more.diskMb(), more.outputBytes(), more.cpuSeconds(), more.submissionMb()));
        assertThat(output(sandbox, take)).isEqualTo(Integer.toString(900 << 20));
    }

    private static SandboxLimits limits(int cpuSeconds, int outputBytes) {
        SandboxLimits d = SandboxLimits.DEFAULTS;
        return new SandboxLimits(d.memoryMb(), d.processes(), d.diskMb(), outputBytes, cpuSeconds, d.submissionMb());
    }

    @Test
    void changesAreWhatDiffersFromTheTasksFiles() throws Exception {
        open(APP, file("data/keep.txt", "same"), file("data/old.txt", "old"), file("run.sh", "#!/bin/sh\n"));
        output(sandbox, """
                echo 'print(1)' > app.py; rm data/old.txt; chmod +x run.sh; touch data/keep.txt
                printf '\\x00\\xff\\n' > data/new.bin; ln -s ../app.py data/link; mkdir empty
                """);

        assertThat(sandbox.changes())
                .containsExactly(
                        change("app.py", "file", "print(1)\n"),
                        change("data/link", "link", "../app.py"),
                        TreeChange.newBuilder()
                                .setPath("data/new.bin")
                                .setContent(ByteBuffer.wrap(new byte[] {0, (byte) 0xff, '\n'}))
                                .build(),
                        change("data/old.txt", "file", null),
                        change("run.sh", "executable", "#!/bin/sh\n"));
    }

    @Test
    void nothingDoneIsNoChange() throws Exception {
        assertThat(open(APP).changes()).isEmpty();
    }

    @Test
    void cachesAndSpecialFilesAreNoChanges() throws Exception {
        open(APP);
        output(sandbox, """
                mkdir -p pkg/__pycache__ .pytest_cache .git; touch pkg/__pycache__/a.pyc b.pyc .pytest_cache/x .git/HEAD
                mkfifo pipe; python3 -c "import socket; socket.socket(socket.AF_UNIX).bind('sock')"
                touch $'bad\\xffname'
                """);

        assertThat(sandbox.changes()).isEmpty();
    }

    @Test
    void cachesThatTheTaskItselfHoldsAreItsFiles() throws Exception {
        open(file(".git/HEAD", "main"), file("mod.pyc", "x"));
        output(sandbox, "echo other > .git/HEAD; rm mod.pyc");

        assertThat(sandbox.changes())
                .containsExactly(change(".git/HEAD", "file", "other\n"), change("mod.pyc", "file", null));
    }

    @Test
    void changesFollowNoLink() throws Exception {
        open(file("folder/inner.txt", "inner"));
        output(sandbox, "rm -r folder; ln -s /usr folder; ln -s / root; ln -s loop loop");

        assertThat(sandbox.changes())
                .containsExactly(
                        change("folder", "link", "/usr"),
                        change("folder/inner.txt", "file", null),
                        change("loop", "link", "loop"),
                        change("root", "link", "/"));
    }

    @Test
    void namesMayHoldAnyCharacter() throws Exception {
        open();
        output(
                sandbox,
                "echo 1 > $'new\\nline'; echo 2 > ' -rf *'; echo 3 > '\u00e9\u4e2d\ud83d\ude00'; echo 4 > '|pipe'");

        assertThat(sandbox.changes())
                .containsExactly(
                        change(" -rf *", "file", "2\n"),
                        change("new\nline", "file", "1\n"),
                        change("|pipe", "file", "4\n"),
                        change("\u00e9\u4e2d\ud83d\ude00", "file", "3\n"));
    }

    @Test
    void changesOfOneSandboxRebuildItsFilesInAnother() throws Exception {
        TaskFile[] files = {APP, file("a/b.txt", "b"), file("becomes-folder", "x"), file("gone.txt", "y")};
        open(files);
        output(sandbox, """
                rm -r a gone.txt becomes-folder; echo now > a; mkdir becomes-folder; echo in > becomes-folder/file
                chmod +x app.py; ln -s app.py link
                """);
        var changes = sandbox.changes();

        try (Sandbox other = sandboxes.open(spec(files))) {
            other.apply(changes);
            assertThat(other.changes()).isEqualTo(changes);
            assertThat(output(
                            other,
                            "cat a becomes-folder/file; ./app.py 2>&1 | head -c 0; test -x app.py && readlink link"))
                    .isEqualTo("now\nin\napp.py");
        }
    }

    @Test
    void writingNeverGoesThroughALinkThatTheSubmissionPlanted() throws Exception {
        open(file("tests/visible.py", "pass"));
        output(sandbox, "mkdir $HOME/target; rm -r tests; ln -s $HOME/target tests; ln -s $HOME/target/hit hidden.py");

        sandbox.write(List.of(file("tests/hidden.py", "assert True"), file("hidden.py", "1")));

        assertThat(output(
                        sandbox,
                        "ls -A $HOME/target; test -L tests || test -L hidden.py || cat tests/hidden.py hidden.py"))
                .isEqualTo("assert True1");
        assertThat(output(sandbox, "rm -r tests; ln -s $HOME/target tests; echo own > $HOME/target/file"))
                .isEmpty();
        sandbox.apply(List.of(change("tests/file", "file", null)));
        assertThat(output(sandbox, "cat $HOME/target/file")).isEqualTo("own");
    }

    @Test
    void writesOverWhateverStandsInTheWay() throws Exception {
        open();
        output(sandbox, "mkdir -p x/deep/er; touch x/deep/er/f y; chmod 500 x/deep/er; chmod 000 x; chmod 555 .");

        sandbox.write(List.of(file("x", "file now"), file("y/z", "folder now")));

        assertThat(output(sandbox, "cat x y/z")).isEqualTo("file nowfolder now");
    }

    @Test
    void pathsThatLeaveTheWorkingFolderAreRefused() throws Exception {
        open();
        for (String path : List.of("../out", "/etc/passwd", "a/../../out", "", "a//b", "./a", "a/.", "nul\0", "a/")) {
            assertThatThrownBy(() -> sandbox.write(List.of(file(path, "x"))))
                    .as(path)
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("relative to the working folder");
            assertThatThrownBy(() -> sandbox.apply(List.of(change(path, "link", "x"))))
                    .as(path)
                    .isInstanceOf(SandboxException.class);
        }
        assertThat(sandbox.changes()).isEmpty();
    }

    @Test
    void filesThatTheirOwnerMayNotReadAreReadAllTheSame() throws Exception {
        open();
        output(sandbox, "mkdir d; echo secret > d/f; chmod 000 d/f d");

        assertThat(sandbox.changes()).containsExactly(change("d/f", "file", "secret\n"));
    }

    @Test
    void tooLargeASubmissionIsSaidAndTheSandboxLives() throws Exception {
        open();
        int mb = config().limits().submissionMb() + 1;
        output(sandbox, "head -c " + mb + "M /dev/zero > big");
        assertThatThrownBy(sandbox::changes)
                .isInstanceOf(SubmissionTooLargeException.class)
                .hasMessageContaining((mb - 1) + " MiB");

        output(sandbox, "rm big; truncate -s 200M sparse");
        assertThatThrownBy(sandbox::changes).isInstanceOf(SubmissionTooLargeException.class);

        output(sandbox, "rm sparse; echo small > ok");
        assertThat(sandbox.changes()).containsExactly(change("ok", "file", "small\n"));
    }

    @Test
    void aLargeTreeIsWrittenWholeAndComparedByBytes() throws Exception {
        TaskFile[] files = new TaskFile[400];
        for (int i = 0; i < files.length; i++) {
            files[i] = file(
                    "d" + i % 7 + "/f" + i,
                    ("content " + i + "\n").repeat(400).getBytes(StandardCharsets.UTF_8),
                    i % 2 == 0);
        }
        open(files);
        assertThat(sandbox.changes()).isEmpty();
        assertThat(output(sandbox, "find . -type f | wc -l; test -x d0/f0 && ! test -x d1/f1 && echo modes"))
                .isEqualTo("400\nmodes");

        output(
                sandbox,
                "sed -i s/content/CONTENT/ d3/f3; rm -r d1; mkdir d1; echo n > d1/n; mv d2 moved; echo back > d2");
        var changes = sandbox.changes();

        assertThat(changes).filteredOn(c -> c.getPath().equals("d3/f3")).hasSize(1);
        assertThat(changes).filteredOn(c -> c.getPath().startsWith("moved/")).hasSize(57);
        assertThat(changes).filteredOn(c -> c.getContent() == null).hasSize(114);
        assertThat(changes).hasSize(1 + 57 + 114 + 2);
    }

    @Test
    void anInterruptedWaitEndsAtOnceAndTheSandboxWithIt() throws Exception {
        open();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run(sandbox, "sleep 1000")).isInstanceOf(InterruptedException.class);

        // The answer to that command may still come: no later one may take it for its own.
        assertThatThrownBy(() -> run(sandbox, "true")).isInstanceOf(SandboxException.class);
    }

    @Test
    void aClosedSandboxSaysSo() throws Exception {
        open().close();
        assertThatThrownBy(() -> run(sandbox, "true")).isInstanceOf(SandboxException.class);
    }
}
