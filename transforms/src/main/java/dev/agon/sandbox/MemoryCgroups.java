package dev.agon.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Control groups that bound the memory of all processes of one sandbox together, by version 1 or 2 of the kernel's interface.
 *
 * <p>Groups are named after the folder of the worker that owns them, {@code agon-<pid>-<number>-<number>}, and the folder says
 * where they are, so that those of a dead owner can be found and removed. A machine may not allow any: ordinary containers and
 * unprivileged users without delegation.
 */
final class MemoryCgroups {

    private static final Path MOUNT = Path.of("/sys/fs/cgroup");

    private final Path parent;
    private final String prefix;
    private final boolean unified;
    private final String memory;
    private final String memoryAndSwap;
    private final AtomicInteger next = new AtomicInteger();
    /** Groups that were still busy when their sandbox closed. */
    private final ConcurrentLinkedQueue<Path> leftovers = new ConcurrentLinkedQueue<>();

    private MemoryCgroups(Path parent, String prefix) {
        this.parent = parent;
        this.prefix = prefix;
        this.unified = Files.exists(parent.resolve("cgroup.subtree_control"));
        this.memory = unified ? "memory.max" : "memory.limit_in_bytes";
        this.memoryAndSwap = unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes";
    }

    /** Where this process may make groups that have a memory limit; empty when nowhere. */
    static Optional<MemoryCgroups> find(WorkerFolder owner) throws IOException {
        List<String> memberships;
        try {
            memberships = Files.readAllLines(Path.of("/proc/self/cgroup"));
        } catch (IOException e) {
            // A kernel without control groups.
            return Optional.empty();
        }
        for (Path parent : parents(memberships, MOUNT).toList()) {
            MemoryCgroups groups = new MemoryCgroups(parent, WorkerFolder.groupPrefix(owner.path()));
            // Before there is any: a worker may be killed at any moment.
            owner.noteGroups(parent);
            if (groups.allowsOne()) {
                return Optional.of(groups);
            }
        }
        return Optional.empty();
    }

    /**
     * Groups whose children can have a memory limit, nearest first: this process's own and those above it.
     *
     * @param memberships lines of {@code /proc/self/cgroup}
     * @param mount where control groups are mounted
     */
    static Stream<Path> parents(List<String> memberships, Path mount) {
        List<Path> parents = new ArrayList<>();
        for (String line : memberships) {
            String[] fields = line.split(":", 3);
            boolean unified = fields[1].isEmpty();
            if (!unified && !List.of(fields[1].split(",")).contains("memory")) {
                continue;
            }
            Path root = unified ? mount : mount.resolve("memory");
            Path group = root.resolve(fields[2].substring(1)).normalize();
            for (; group.startsWith(root); group = group.getParent()) {
                if (unified ? limitsChildren(group) : Files.isWritable(group.resolve("cgroup.procs"))) {
                    parents.add(group);
                }
            }
        }
        return parents.stream();
    }

    /** In version 2 a group says which controllers its children have; one with processes of its own gives them none. */
    private static boolean limitsChildren(Path group) {
        Path controllers = group.resolve("cgroup.subtree_control");
        try {
            return Files.isWritable(controllers)
                    && List.of(Files.readString(controllers).strip().split(" ")).contains("memory");
        } catch (IOException e) {
            return false;
        }
    }

    private boolean allowsOne() {
        try {
            Group group = create(1 << 20);
            boolean joinable = Files.isWritable(group.processes());
            group.remove();
            return joinable;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes a group whose processes may use so many bytes together, swap included. */
    Group create(long bytes) throws IOException {
        Path folder = parent.resolve(prefix + next.incrementAndGet());
        Files.createDirectory(folder);
        String limit = Long.toString(bytes);
        Files.writeString(folder.resolve(memory), limit);
        Path swap = folder.resolve(memoryAndSwap);
        if (Files.exists(swap)) {
            Files.writeString(swap, unified ? "0" : limit);
        }
        return new Group(folder);
    }

    /**
     * Removes what could not be removed before.
     *
     * @return whether nothing is left
     */
    boolean removeLeftovers() {
        leftovers.removeIf(MemoryCgroups::tryRemove);
        return leftovers.isEmpty();
    }

    /** The groups of one owner below a parent; none where no control groups are mounted, whatever else may be there. */
    static List<Path> named(String prefix, Path parent) throws IOException {
        List<Path> named = new ArrayList<>();
        if (Files.isDirectory(parent) && parent.toRealPath().startsWith(MOUNT)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*")) {
                folders.forEach(named::add);
            }
        }
        return named;
    }

    /** Ids of the processes in a group, as far as this process sees them; none when it is gone. */
    static Stream<Long> members(Path group) {
        try {
            return Files.readAllLines(group.resolve("cgroup.procs")).stream().map(Long::valueOf);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Whether a group is gone now; one with processes inside stays. */
    static boolean tryRemove(Path group) {
        try {
            Files.deleteIfExists(group);
            return true;
        } catch (IOException e) {
            // Busy: its last process has not been reaped yet.
            return false;
        }
    }

    @Override
    public String toString() {
        return parent.toString();
    }

    /** The group of one sandbox. */
    final class Group implements MemoryGroup {
        private final Path folder;

        private Group(Path folder) {
            this.folder = folder;
        }

        /** The file that takes the ids of processes that join. */
        Path processes() {
            return folder.resolve("cgroup.procs");
        }

        @Override
        public void raise(SandboxLimits limits) throws IOException {
            String limit = Long.toString(limits.groupBytes());
            Path swap = folder.resolve(memoryAndSwap);
            if (!unified && Files.exists(swap)) {
                Files.writeString(swap, limit); // first: it is never below the other
            }
            Files.writeString(folder.resolve(memory), limit);
        }

        /** 0 once the group is removed. */
        @Override
        public long kills() {
            try {
                for (String line :
                        Files.readAllLines(folder.resolve(unified ? "memory.events" : "memory.oom_control"))) {
                    if (line.startsWith("oom_kill ")) {
                        return Long.parseLong(
                                line.substring("oom_kill ".length()).strip());
                    }
                }
                throw new IllegalStateException("no line oom_kill in the events of " + folder);
            } catch (IOException e) {
                if (Files.notExists(folder)) {
                    return 0;
                }
                throw new UncheckedIOException("cannot read the memory events of " + folder, e);
            }
        }

        void remove() {
            removeLeftovers();
            if (!tryRemove(folder)) {
                leftovers.add(folder);
            }
        }
    }
}
