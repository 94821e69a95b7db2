package dev.agon.sandbox;

import dev.agon.sandbox.ServerConnection.Frame;
import dev.agon.sandbox.WorkingTree.Comparison;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TreeChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A sandbox behind a command server. What the server runs in - namespaces, or the bare host - is the business of who started
 * it.
 */
final class ServerSandbox implements Sandbox {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Bytes of files that go into one frame, so that neither side holds all of a large tree at once. */
    private static final int BATCH_BYTES = 1 << 20;

    private final ServerConnection server;
    private final WorkingTree tree;
    private final Optional<? extends MemoryGroup> memory;
    private final Runnable onClose;
    private long memoryKillsSeen;
    private boolean closed;

    private ServerSandbox(
            ServerConnection server, WorkingTree tree, Optional<? extends MemoryGroup> memory, Runnable onClose) {
        this.server = server;
        this.tree = tree;
        this.memory = memory;
        this.onClose = onClose;
    }

    /**
     * Sets up a server that was just started, and gives it the task's files unless an overlay has them already.
     *
     * @param memory bounds all processes together; empty when each process has the memory limit for itself
     * @param onClose frees what was set up around the server
     */
    static ServerSandbox setUp(
            Process process,
            String workdir,
            List<TaskFile> files,
            Map<String, String> environment,
            SandboxLimits limits,
            Optional<? extends MemoryGroup> memory,
            Runnable onClose)
            throws SandboxException, InterruptedException {
        WorkingTree tree = new WorkingTree(files, limits.submissionMb());
        ServerSandbox sandbox = new ServerSandbox(new ServerConnection(process), tree, memory, onClose);
        try {
            sandbox.server.send(
                    'I',
                    new Payload()
                            .number(limits.processes())
                            .number(limits.diskMb())
                            .rest(sandbox.limits(limits))
                            .text(workdir)
                            .text(environment.entrySet().stream()
                                    .map(e -> e.getKey() + "\0" + e.getValue())
                                    .collect(Collectors.joining("\0")))
                            .text(String.join("\0", tree.ignoredFolders()))
                            .toBytes());
            Frame hello = sandbox.server.receive("H", PATIENCE);
            sandbox.server.receive("K", PATIENCE);
            if (!new String(hello.payload(), StandardCharsets.UTF_8).equals("overlay")) {
                sandbox.write(files);
            }
            return sandbox;
        } catch (SandboxAbusedException e) {
            sandbox.close();
            throw new SandboxException(e.getMessage(), e); // nothing of an agent has run yet
        } catch (SandboxException | InterruptedException | RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    /** The next reply. A server that the memory limit struck was struck because commands use up the memory. */
    private Frame receive(String types, Duration patience) throws SandboxException, InterruptedException {
        try {
            return server.receive(types, patience);
        } catch (SandboxException e) {
            if (e instanceof SandboxAbusedException || kills() <= memoryKillsSeen) {
                throw e;
            }
            throw new SandboxAbusedException("the sandbox's memory limit ended its server: " + e.getMessage());
        }
    }

    @Override
    public CommandResult run(Command command) throws SandboxException, InterruptedException {
        // bash drops NUL bytes from what it reads; an argument would end at the first one.
        byte[] script = command.script().replace("\0", "").getBytes(StandardCharsets.UTF_8);
        int timeoutMs = Math.toIntExact(command.timeout().toMillis());
        long started = System.nanoTime();
        server.send('R', new Payload().number(timeoutMs).rest(script).toBytes());
        ByteBuffer reply =
                ByteBuffer.wrap(receive("R", command.timeout().plus(PATIENCE)).payload());
        long durationMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        if (reply.remaining() < 5) {
            throw new SandboxException("the sandbox's server sent a malformed result of a command");
        }
        char end = (char) reply.get();
        int code = reply.getInt();
        String output = StandardCharsets.UTF_8.decode(reply).toString();
        long kills = kills();
        boolean outOfMemory = kills > memoryKillsSeen;
        memoryKillsSeen = kills;
        return switch (end) {
            case 'X' ->
                new CommandResult(
                        output,
                        OptionalInt.of(code),
                        outOfMemory ? CommandResult.End.KILLED : CommandResult.End.EXITED,
                        durationMs);
            case 'P' -> new CommandResult(output, OptionalInt.of(code), CommandResult.End.CPU_LIMIT, durationMs);
            case 'T' -> new CommandResult(output, OptionalInt.empty(), CommandResult.End.TIMED_OUT, durationMs);
            case 'O' -> new CommandResult(output, OptionalInt.empty(), CommandResult.End.OUTPUT_LIMIT, durationMs);
            case 'K' -> new CommandResult(output, OptionalInt.empty(), CommandResult.End.KILLED, durationMs);
            default ->
                throw new SandboxException("the sandbox's server sent an unknown end of a command: " + (int) end);
        };
    }

    private long kills() {
        return memory.map(MemoryGroup::kills).orElse(0L);
    }

    private byte[] limits(SandboxLimits limits) {
        return new Payload()
                .number(memory.isPresent() ? 0 : limits.memoryMb())
                .number(limits.cpuSeconds())
                .number(limits.outputBytes())
                .toBytes();
    }

    @Override
    public void limit(SandboxLimits limits) throws SandboxException, InterruptedException {
        try {
            if (memory.isPresent()) {
                memory.get().raise(limits);
            }
        } catch (IOException e) {
            throw new SandboxException("cannot raise the sandbox's memory limit: " + e.getMessage(), e);
        }
        server.send('L', limits(limits));
        receive("K", PATIENCE);
    }

    @Override
    public void write(List<TaskFile> files) throws SandboxException, InterruptedException {
        Batches batches = new Batches();
        for (TaskFile file : files) {
            batches.add(file.getExecutable() ? 'x' : 'f', file.getPath(), file.getContent());
        }
        batches.send();
    }

    @Override
    public void apply(List<TreeChange> changes) throws SandboxException, InterruptedException {
        Batches batches = new Batches();
        // First what is gone: a file may have become a folder.
        for (TreeChange change : changes) {
            if (change.getContent() == null) {
                batches.add('d', change.getPath(), ByteBuffer.allocate(0));
            }
        }
        for (TreeChange change : changes) {
            if (change.getContent() != null) {
                batches.add(letter(change.getKind()), change.getPath(), change.getContent());
            }
        }
        batches.send();
    }

    @Override
    public List<TreeChange> changes() throws SandboxException, SubmissionTooLargeException, InterruptedException {
        server.send(
                'C',
                new Payload()
                        .longNumber(tree.mostBytes())
                        .number(tree.mostFiles())
                        .toBytes());
        Comparison comparison = tree.compare();
        SubmissionTooLargeException tooLarge = null;
        while (true) {
            Frame frame = receive("EDB", PATIENCE);
            if (frame.type() == 'B') {
                tooLarge = tree.tooLarge(new String(frame.payload(), StandardCharsets.UTF_8));
            }
            if (frame.type() != 'E') {
                break;
            }
            try {
                if (tooLarge == null) {
                    comparison.read(ByteBuffer.wrap(frame.payload()));
                }
            } catch (SubmissionTooLargeException e) {
                // The remaining frames still have to be read before the server can be asked again.
                tooLarge = e;
            }
        }
        if (tooLarge != null) {
            throw tooLarge;
        }
        return comparison.changes();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            server.close();
            onClose.run();
        }
    }

    private static char letter(String kind) throws SandboxException {
        return switch (kind) {
            case "file" -> 'f';
            case "executable" -> 'x';
            case "link" -> 'l';
            default ->
                throw new SandboxException(
                        "a change is of kind '" + kind + "'; expected 'file', 'executable' or 'link'");
        };
    }

    /** Files on their way to the server, one frame for many. */
    private final class Batches {
        private Payload batch = new Payload();

        void add(char what, String path, ByteBuffer content) throws SandboxException, InterruptedException {
            byte[] bytes = new byte[content.remaining()];
            content.duplicate().get(bytes);
            batch.letter(what).text(TreePaths.relative(path)).bytes(bytes);
            if (batch.size() > BATCH_BYTES) {
                send();
            }
        }

        void send() throws SandboxException, InterruptedException {
            if (batch.size() > 0) {
                server.send('W', batch.toBytes());
                batch = new Payload();
                receive("K", PATIENCE);
            }
        }
    }
}
