package dev.agon.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What starts namespace sandboxes: {@code launch.pl}, once for a worker, with what it lays out for every sandbox; and for each
 * sandbox bubblewrap with what commands see, then {@code server.pl}.
 */
final class NamespaceCommandLine {

    private static final String ARCHITECTURE = System.getProperty("os.arch");

    private final Path script;
    private final Path mounts;
    private final Path etc;
    private final SandboxConfig config;
    private final OptionalInt user;

    private NamespaceCommandLine(Path script, Path mounts, Path etc, SandboxConfig config, OptionalInt user) {
        this.script = script;
        this.mounts = mounts;
        this.etc = etc;
        this.config = config;
        this.user = user;
    }

    /**
     * Puts what the command refers to into the worker's folder.
     *
     * @param user the user to become; empty for the worker's own
     */
    static NamespaceCommandLine prepare(WorkerFolder folder, SandboxConfig config, OptionalInt user)
            throws IOException {
        Path etc = folder.makeFolder("etc");
        BaseSystem.fillEtc(etc, config.network() == SandboxConfig.Network.HOST);
        WorkerFolder.writeScript("server.pl", etc.resolve("agon-server.pl"));
        Path script = folder.path().resolve("launch.pl");
        WorkerFolder.writeScript("launch.pl", script);
        return new NamespaceCommandLine(script, folder.makeFolder("mounts"), etc, config, user);
    }

    /** The command of the process that lays out launches; it listens to no one but its parent and the socket is where it calls. */
    List<String> launches(Path socket) {
        return List.of(
                Programs.path("perl"),
                "-w",
                script.toString(),
                ARCHITECTURE,
                user.isPresent() ? Integer.toString(user.getAsInt()) : "",
                mounts.toString(),
                Long.toString((long) config.limits().diskMb() << 20),
                Long.toString(config.limits().files()),
                socket.toString());
    }

    /** What one launch is told: the memory group, the overlay's lower layer, the further folders, and the command to run on it. */
    List<String> sandbox(
            String workdir, List<String> folders, Optional<Path> lower, Optional<MemoryCgroups.Group> memory)
            throws IOException {
        List<String> request = new ArrayList<>(List.of(
                memory.map(group -> group.processes().toString()).orElse(""),
                lower.map(Path::toString).orElse(""),
                Integer.toString(folders.size())));
        request.addAll(bubblewrap(workdir, folders, memory.isPresent()));
        request.addAll(List.of(Programs.path("perl"), "-w", "/etc/agon-server.pl", ARCHITECTURE));
        return request;
    }

    private List<String> bubblewrap(String workdir, List<String> folders, boolean memoryCounted) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                Programs.path("bwrap"),
                "--unshare-user",
                "--disable-userns",
                "--unshare-pid",
                "--unshare-ipc",
                "--unshare-uts",
                "--unshare-cgroup-try"));
        arguments.addAll(List.of("--hostname", "sandbox", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"));
        arguments.addAll(List.of("--as-pid-1", "--die-with-parent"));
        if (config.network() == SandboxConfig.Network.NONE) {
            arguments.add("--unshare-net");
        }
        arguments.addAll(BaseSystem.mounts(etc));
        // A command may write the settings of its own namespaces, such as the highest process id, for all that come
        // after it.
        arguments.addAll(List.of("--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys"));
        // /dev itself would be a writable tmpfs of the machine's size.
        arguments.addAll(List.of("--dev", "/dev"));
        if (!memoryCounted) {
            // Both read as zeros; but a shared mapping of /dev/zero is memory that belongs to no process.
            arguments.addAll(List.of("--dev-bind", "/dev/full", "/dev/zero"));
        }
        arguments.addAll(List.of("--bind", mounts.resolve("shm").toString(), "/dev/shm", "--remount-ro", "/dev"));
        arguments.addAll(List.of("--bind", mounts.resolve("tmp").toString(), "/tmp"));
        arguments.addAll(List.of("--bind", mounts.resolve("tree").toString(), workdir));
        for (int i = 0; i < folders.size(); i++) {
            arguments.addAll(List.of("--bind", mounts.resolve("folder-" + i).toString(), folders.get(i)));
        }
        arguments.addAll(List.of("--remount-ro", "/", "--chdir", "/", "--"));
        return arguments;
    }
}
