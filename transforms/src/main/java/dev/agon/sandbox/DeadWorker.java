package dev.agon.sandbox;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker left on this machine that was killed: the folder of its sandboxes, and through it its control groups and
 * processes, and that of its temporary files. What {@link OwnerLock} shows to belong to a live worker is never found.
 *
 * <p>In: a folder for temporary files. Out: the dead workers' folders in it, which can be removed with all that they lead to.
 */
public final class DeadWorker {

    private static final Logger LOG = LoggerFactory.getLogger(DeadWorker.class);
    private static final Pattern NAME =
            Pattern.compile("(?:" + WorkerFolder.PREFIX + "|" + ProcessFolder.PREFIX + ")(\\d{1,10})-\\d+");

    private final Path folder;
    private final long pid;
    private final String user;
    private final Instant started;

    private DeadWorker(Path folder, long pid, String user, Instant started) {
        this.folder = folder;
        this.pid = pid;
        this.user = user;
        this.started = started;
    }

    /**
     * What there is besides the folder itself.
     *
     * @param bytes of its files
     * @param groups control groups
     * @param processes that still run; only commands on the bare host can outlive their worker
     */
    public record Size(long bytes, int groups, int processes) {}

    /**
     * Looks for them.
     *
     * @param parent a folder for temporary files, in which workers make theirs
     * @throws IOException when it cannot be listed
     */
    public static List<DeadWorker> find(Path parent) throws IOException {
        List<DeadWorker> dead = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent.toRealPath(), "agon-*")) {
            for (Path folder : folders) {
                Matcher name = NAME.matcher(folder.getFileName().toString());
                if (name.matches() && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !isAlive(folder)) {
                    inspect(folder, Long.parseLong(name.group(1))).ifPresent(dead::add);
                }
            }
        }
        return dead;
    }

    private static boolean isAlive(Path folder) throws IOException {
        try {
            Optional<OwnerLock> lock = OwnerLock.ofDead(folder);
            if (lock.isPresent()) {
                lock.get().close();
            }
            return lock.isEmpty();
        } catch (NoSuchFileException e) {
            // Its worker ended before it had a lock.
            return false;
        } catch (AccessDeniedException e) {
            // Another user's, which is as good as alive for who may not look at it.
            return true;
        }
    }

    private static Optional<DeadWorker> inspect(Path folder, long pid) throws IOException {
        try {
            Path lock = folder.resolve(OwnerLock.FILE);
            Instant started = Files.getLastModifiedTime(Files.exists(lock) ? lock : folder)
                    .toInstant();
            return Optional.of(
                    new DeadWorker(folder, pid, Files.getOwner(folder).getName(), started));
        } catch (NoSuchFileException e) {
            // Somebody else removed it just now.
            return Optional.empty();
        }
    }

    /** What workers do when they start: removes all that can be removed, quietly. */
    static void removeAll(Path parent) throws IOException {
        int folders = 0;
        int groups = 0;
        int processes = 0;
        for (DeadWorker dead : find(parent)) {
            Size size = dead.size();
            Optional<String> obstacle = dead.remove();
            if (obstacle.isEmpty()) {
                folders++;
                groups += size.groups();
                processes += size.processes();
            } else {
                LOG.debug("{} of a dead worker stays: {}", dead.folder, obstacle.get());
            }
        }
        if (folders > 0) {
            LOG.info(
                    "Removed what dead workers had left in {}: {} folders, {} control groups, {} processes.",
                    parent,
                    folders,
                    groups,
                    processes);
        }
    }

    /** Its folder. */
    public Path folder() {
        return folder;
    }

    /** The id that its process had, perhaps in another container. */
    public long pid() {
        return pid;
    }

    /** The user that it belonged to. */
    public String user() {
        return user;
    }

    /** When it began to open sandboxes. */
    public Instant started() {
        return started;
    }

    /** What is there now, as far as this user may look. */
    public Size size() {
        List<Path> groups;
        try {
            groups = groups();
        } catch (IOException e) {
            // Then it cannot be removed either, and that says why.
            groups = List.of();
        }
        return new Size(
                FileTrees.bytes(folder),
                groups.size(),
                WorkerProcesses.of(folder, groups).size());
    }

    /**
     * Ends its processes, then removes its control groups, then its folder.
     *
     * @return why something is still there, and what to do; empty when nothing is
     */
    public Optional<String> remove() {
        try {
            // Only one's own: in a folder of somebody else, files can be exchanged for links while they are removed.
            if (!Files.getOwner(folder).equals(Files.getOwner(Path.of("/proc/self")))) {
                return Optional.of("it belongs to " + user + "; clean up as that user");
            }
            Optional<OwnerLock> lock = OwnerLock.ofDead(folder);
            if (lock.isPresent()) {
                try (OwnerLock held = lock.get()) {
                    return removeUnderLock();
                }
            }
            return Optional.of("another process is removing it right now; look again");
        } catch (NoSuchFileException e) {
            return removeWithoutLock();
        } catch (IOException e) {
            return Optional.of(e + "; remove it by hand");
        }
    }

    private Optional<String> removeUnderLock() throws IOException {
        List<Path> groups = groups();
        int processes = WorkerProcesses.end(folder, groups);
        if (processes > 0) {
            return Optional.of(processes + " of its processes do not end, not even by force: "
                    + WorkerProcesses.of(folder, groups).stream()
                            .map(ProcessHandle::pid)
                            .toList());
        }
        for (Path group : groups) {
            if (!MemoryCgroups.tryRemove(group)) {
                return Optional.of("its control group " + group + " cannot be removed; remove that with rmdir");
            }
        }
        FileTrees.remove(folder, OwnerLock.FILE);
        return Optional.empty();
    }

    /** A worker that died before it had a lock left an empty folder; one that is about to take it makes another folder. */
    private Optional<String> removeWithoutLock() {
        try {
            Files.deleteIfExists(folder);
            return Optional.empty();
        } catch (DirectoryNotEmptyException e) {
            return Optional.of(
                    "it has no " + OwnerLock.FILE + ", so nothing tells whether its worker is alive; when process "
                            + pid + " is none, remove it by hand");
        } catch (IOException e) {
            return Optional.of(e + "; remove it by hand");
        }
    }

    private List<Path> groups() throws IOException {
        Optional<Path> parent = WorkerFolder.notedGroups(folder);
        return parent.isPresent() ? MemoryCgroups.named(WorkerFolder.groupPrefix(folder), parent.get()) : List.of();
    }
}
