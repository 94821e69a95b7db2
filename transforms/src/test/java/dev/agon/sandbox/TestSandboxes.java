package dev.agon.sandbox;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TreeChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the tests of sandboxes share: connecting, and short ways to say files, commands and changes. */
final class TestSandboxes {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestSandboxes() {}

    /** Connects, or skips the tests where the machine has no such sandboxes; in CI that is a failure. */
    static Sandboxes connect(SandboxConfig config) throws InterruptedException {
        try {
            return config.connect();
        } catch (SandboxUnavailableException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("CI must be able to run sandboxes", e);
            }
            System.err.println(
                    "SKIPPED, this machine has no sandboxes of kind " + config.kind() + ": " + e.getMessage());
            return abort(e.getMessage());
        }
    }

    static Sandboxes.Spec spec(TaskFile... files) {
        return new Sandboxes.Spec("/testbed", List.of(files), Map.of());
    }

    static TaskFile file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8), false);
    }

    static TaskFile file(String path, byte[] content, boolean executable) {
        return TaskFile.newBuilder()
                .setPath(path)
                .setContent(ByteBuffer.wrap(content))
                .setExecutable(executable)
                .build();
    }

    static TreeChange change(String path, String kind, String content) {
        return TreeChange.newBuilder()
                .setPath(path)
                .setKind(kind)
                .setContent(content == null ? null : ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    static CommandResult run(Sandbox sandbox, String script) throws SandboxException, InterruptedException {
        return sandbox.run(new Command(script, PATIENCE));
    }

    /** What a command printed that must end by itself. */
    static String output(Sandbox sandbox, String script) throws SandboxException, InterruptedException {
        CommandResult result = run(sandbox, script);
        if (result.ended() != CommandResult.End.EXITED) {
            throw new AssertionError("ended as " + result);
        }
        return result.output().strip();
    }
}
