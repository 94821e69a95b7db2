package dev.agon.sandbox;

import dev.agon.schemas.TaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Sandboxes of kernel namespaces: user, processes, network, mounts, ipc and host name of their own, set up by bubblewrap.
 *
 * <pre>
 *   launch.pl: joins the memory group, drops root for good, user and mount namespace, sized tmpfs, overlay over the task's files
 *     > bwrap: all other namespaces, read-only system > server.pl: pid 1 of the sandbox > bash -c COMMAND
 * </pre>
 *
 * Each {@code >} is a child or what it becomes; all end with {@code server.pl}, which ends when the pipe to this
 * process does. Commands see the host's {@code /usr} read-only, an {@code /etc} made for them, and three writable places that
 * share the disk limit: the working folder, {@code /tmp}, {@code /dev/shm}. Without memory groups {@code server.pl} looks at the
 * memory of all processes, each of which has the limit of its own too, and memory that belongs to no process is refused.
 */
final class NamespaceSandboxes implements Sandboxes {

    /** Without an account of its own; what root's sandboxes run as. */
    private static final int NOBODY = 65534;
    /** Files of a task from which an overlay is cheaper than writing them. */
    private static final long OVERLAY_FROM_BYTES = 1 << 20;

    private static final int OVERLAY_FROM_FILES = 300;
    private static final String CLOSED = "the worker has closed its sandboxes";

    /** First in the path: the system's own python3, which starts several times faster than a version manager's. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", "/usr/bin:/bin:/usr/local/bin:/usr/sbin:/sbin:/usr/local/sbin",
            "HOME", "/tmp",
            "USER", "agon",
            "SHELL", "/bin/bash",
            "LANG", "C.UTF-8",
            "PYTHONHASHSEED", "0",
            "PYTHONDONTWRITEBYTECODE", "1");

    private final SandboxConfig config;
    private final WorkerFolder folder;
    private final boolean root;
    private final Optional<MemoryCgroups> memory;
    private final TaskTreeCache trees;
    private final NamespaceCommandLine commandLine;
    /** Setting up namespaces is work of the kernel under few locks: more at once only take longer each. */
    private final Semaphore openings = new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);

    private final Set<Sandbox> open = ConcurrentHashMap.newKeySet();

    private LaunchServer launches;
    private int launchServers;
    private volatile boolean closed;

    private NamespaceSandboxes(SandboxConfig config, WorkerFolder folder, Optional<MemoryCgroups> memory)
            throws IOException {
        this.config = config;
        this.folder = folder;
        this.memory = memory;
        this.root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        this.trees = new TaskTreeCache(folder.makeFolder("trees"), root ? OptionalInt.of(NOBODY) : OptionalInt.empty());
        this.commandLine =
                NamespaceCommandLine.prepare(folder, config, root ? OptionalInt.of(NOBODY) : OptionalInt.empty());
    }

    /** Checks that this machine has what namespaces need by opening one sandbox, and tells what is missing otherwise. */
    static NamespaceSandboxes connect(SandboxConfig config) throws SandboxUnavailableException, InterruptedException {
        return connect(config, Path.of("/"), true);
    }

    /**
     * @param root where the host's programs are looked for
     * @param memoryGroups whether control groups are used where the machine allows them
     */
    static NamespaceSandboxes connect(SandboxConfig config, Path root, boolean memoryGroups)
            throws SandboxUnavailableException, InterruptedException {
        Programs.require(Programs.NAMESPACE, root);
        WorkerFolder folder = WorkerFolder.create();
        NamespaceSandboxes sandboxes = null;
        boolean connected = false;
        try {
            sandboxes = new NamespaceSandboxes(
                    config, folder, memoryGroups ? MemoryCgroups.find(folder) : Optional.empty());
            try (Sandbox trial = sandboxes.open(new Spec("/work", List.of(), Map.of()))) {
                CommandResult result = trial.run(new Command("exit 42", Duration.ofSeconds(30)));
                if (result.returnCode().orElse(-1) != 42) {
                    throw new SandboxException("a trial command did not run: " + result.output());
                }
            }
            connected = true;
            return sandboxes;
        } catch (IOException | SandboxException e) {
            throw new SandboxUnavailableException(
                    "this machine cannot make sandboxes of the kind namespace: " + e.getMessage()
                            + "\nNeeded are bubblewrap 0.8 or newer (apt-get install bubblewrap), Linux 5.14 or newer, and user"
                            + " namespaces (sysctl user.max_user_namespaces above 0; on Ubuntu also"
                            + " kernel.apparmor_restrict_unprivileged_userns=0; containers must allow them), and limits of"
                            + " the user (ulimit -H) that are not below those of the sandbox.",
                    e);
        } finally {
            if (!connected && sandboxes != null) {
                sandboxes.close();
            } else if (!connected) {
                folder.remove(false);
            }
        }
    }

    @Override
    public Sandbox open(Spec spec) throws SandboxException, InterruptedException {
        String workdir = TreePaths.workdir(spec.workdir());
        List<String> folders = TreePaths.folders(spec.folders(), workdir);
        Map<String, String> environment = new TreeMap<>(ENVIRONMENT);
        environment.putAll(config.environment());
        environment.putAll(spec.environment());
        Optional<Path> lower =
                worthAnOverlay(spec.files()) ? Optional.of(trees.folderOf(spec.files())) : Optional.empty();
        openings.acquire();
        Closing closing = new Closing();
        try {
            if (memory.isPresent()) {
                closing.group = Optional.of(memory.get().create(config.limits().groupBytes()));
            }
            Process process = launches().open(commandLine.sandbox(workdir, folders, lower, closing.group));
            Sandbox sandbox = ServerSandbox.setUp(
                    process, workdir, spec.files(), environment, config.limits(), closing.group, closing);
            closing.sandbox = sandbox;
            open.add(sandbox);
            if (closed) {
                sandbox.close();
                throw new SandboxException(CLOSED);
            }
            return sandbox;
        } catch (IOException e) {
            closing.run();
            throw new SandboxException("cannot start a sandbox: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            closing.run();
            throw e;
        } finally {
            openings.release();
        }
    }

    @Override
    public List<Protection> protections() {
        return List.of(
                Protection.on(
                        "user",
                        root ? "commands run as an unprivileged user, not as root" : "as the worker's own user"),
                Protection.on(
                        "processes",
                        "own pid namespace; at most " + config.limits().processes() + " at once"),
                Protection.on(
                        "files", "/usr read-only; at most " + config.limits().diskMb() + " MiB written"),
                config.network() == SandboxConfig.Network.NONE
                        ? Protection.on("network", "none")
                        : Protection.off("network", "the host's, as configured", "set sandbox.network: none"),
                Protection.on("system_calls", "no sockets but UNIX, INET, INET6, NETLINK; no rare kernel interfaces"),
                Protection.on("memory", config.limits().memoryMb() + " MiB for all processes together"),
                memory.isPresent()
                        ? Protection.on("memory_group", "the kernel holds the memory limit, by a control group")
                        : Protection.off(
                                "memory_group",
                                "no control group can be made here: the memory limit is looked at 20 times a second,"
                                        + " without what the kernel keeps for pipes and sockets",
                                "run as root, or inside systemd-run --user --scope"));
    }

    @Override
    public void close() {
        synchronized (folder) {
            closed = true;
        }
        open.forEach(Sandbox::close);
        synchronized (folder) {
            closeStages();
        }
        folder.remove(memory.isPresent() && !memory.get().removeLeftovers());
    }

    private static boolean worthAnOverlay(List<TaskFile> files) {
        return files.size() > OVERLAY_FROM_FILES
                || files.stream().mapToLong(f -> f.getContent().remaining()).sum() > OVERLAY_FROM_BYTES;
    }

    /** What starts sandboxes; one that has been ended from outside is started anew. */
    private LaunchServer launches() throws IOException {
        synchronized (folder) {
            if (closed) {
                throw new IOException(CLOSED);
            }
            if (launches == null || !launches.isAlive()) {
                closeStages();
                launches = LaunchServer.start(folder.makeFolder("launches-" + ++launchServers), commandLine);
            }
            return launches;
        }
    }

    private void closeStages() {
        if (launches != null) {
            launches.close();
        }
    }

    /** What remains to be done when a sandbox's processes are gone, or when none has come about. */
    private final class Closing implements Runnable {
        private Optional<MemoryCgroups.Group> group = Optional.empty();
        private volatile Sandbox sandbox;

        @Override
        public void run() {
            if (sandbox != null) {
                open.remove(sandbox);
            }
            group.ifPresent(MemoryCgroups.Group::remove);
        }
    }
}
