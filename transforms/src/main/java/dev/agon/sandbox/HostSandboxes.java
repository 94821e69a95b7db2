package dev.agon.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * No sandboxes at all: bash on the bare host, with all rights of this process. For machines where nothing else works and
 * commands that are trusted; whoever uses it should be warned.
 *
 * <p>A task's working folder cannot be made at its own path here. It becomes a folder for temporary files, in which commands
 * start, and whose path they find in {@code AGON_WORKDIR}; one that names the task's path itself does not find it. Commands
 * get an empty environment all the same, their processes end with them, and the limits on output, time, processor time and the
 * size of one file hold, and memory per process; those on processes and disk do not.
 */
final class HostSandboxes implements Sandboxes {

    private final SandboxConfig config;
    private final WorkerFolder folder;
    private final Path server;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Sandbox> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private HostSandboxes(SandboxConfig config, WorkerFolder folder) throws IOException {
        this.config = config;
        this.folder = folder;
        this.server = folder.path().resolve("server.pl");
        WorkerFolder.writeScript("server.pl", server);
    }

    static HostSandboxes connect(SandboxConfig config) throws SandboxUnavailableException {
        Programs.require(Programs.HOST, Path.of("/"));
        WorkerFolder folder = WorkerFolder.create();
        try {
            return new HostSandboxes(config, folder);
        } catch (IOException e) {
            folder.remove(false);
            throw new SandboxUnavailableException("cannot prepare " + folder.path() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Sandbox open(Spec spec) throws SandboxException, InterruptedException {
        if (!spec.folders().isEmpty()) {
            throw new SandboxException("the folders " + spec.folders()
                    + " cannot be made on the bare host: use sandboxes of the kind namespace");
        }
        try {
            Path home = folder.makeFolder(Integer.toString(next.incrementAndGet()));
            Path workdir = Files.createDirectory(home.resolve("tree"));
            Path temporary = Files.createDirectory(home.resolve("tmp"));
            Map<String, String> environment = new TreeMap<>(NamespaceSandboxes.ENVIRONMENT);
            environment.putAll(config.environment());
            environment.putAll(spec.environment());
            environment.put("HOME", temporary.toString());
            environment.put("TMPDIR", temporary.toString());
            environment.put(WorkerProcesses.WORKDIR, workdir.toString());
            ProcessBuilder builder = new ProcessBuilder(
                    Programs.path("perl"), "-w", server.toString(), System.getProperty("os.arch"), "host");
            builder.environment().clear();
            Process process = builder.start();
            Closing closing = new Closing(home, process);
            Sandbox sandbox = ServerSandbox.setUp(
                    process, workdir.toString(), spec.files(), environment, config.limits(), Optional.empty(), closing);
            closing.sandbox = sandbox;
            open.add(sandbox);
            if (closed) {
                sandbox.close();
                throw new SandboxException("the worker has closed its sandboxes");
            }
            return sandbox;
        } catch (IOException e) {
            throw new SandboxException("cannot set up a working folder in " + folder.path() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<Protection> protections() {
        return List.of(
                off("user", "commands run as this user"),
                off("processes", "commands see and may end the host's processes"),
                off("files", "commands see the host's files and may change them"),
                off("network", "the host's"),
                off("system_calls", "all that this user may call"),
                off("memory", config.limits().memoryMb() + " MiB per process only"),
                off("memory_group", "none"));
    }

    private static Protection off(String name, String detail) {
        return Protection.off(name, detail, "set sandbox.kind: namespace");
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(Sandbox::close);
        folder.remove(false);
    }

    /** Removes what a sandbox held, once its processes are gone. */
    private final class Closing implements Runnable {
        private final Path home;
        private final Process process;
        private volatile Sandbox sandbox;

        private Closing(Path home, Process process) {
            this.home = home;
            this.process = process;
        }

        @Override
        public void run() {
            if (sandbox != null) {
                open.remove(sandbox);
            }
            // A server that was ended by force could not end its commands.
            if (process.isAlive() || process.exitValue() != 0) {
                WorkerProcesses.end(home, List.of());
            }
            try {
                FileTrees.remove(home);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + home, e);
            }
        }
    }
}
