package dev.agon.pipelines.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.sandbox.FileTrees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * What a cluster keeps on disk: {@code cluster.json} (its processes and ports), {@code conf/}, {@code logs/} (one file for each
 * process), {@code tmp/} (spilled data and staged jars, gone when the cluster stops).
 *
 * <p>It is {@code agon/cluster} in the user's folder for state ({@code $XDG_STATE_HOME}, else {@code ~/.local/state}): a cluster
 * holds a port of the machine, so it is found from wherever the user stands. {@code --folder} names another.
 */
record ClusterFolder(Path path) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is done to a cluster by one command at a time. */
    interface Change<T> {
        T make() throws ClusterException, IOException, InterruptedException;
    }

    ClusterFolder {
        path = path.toAbsolutePath().normalize();
    }

    static ClusterFolder usual(Map<String, String> environment, Path home) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path parent = state.isEmpty() ? home.resolve(".local/state") : Path.of(state);
        return new ClusterFolder(parent.resolve("agon/cluster"));
    }

    Path configuration() {
        return path.resolve("conf");
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path log(String process) {
        return logs().resolve(process + ".log");
    }

    Path temporary() {
        return path.resolve("tmp");
    }

    void make() throws IOException {
        for (Path part : new Path[] {configuration(), logs(), temporary()}) {
            Files.createDirectories(part);
        }
    }

    /** Starts or stops processes, while no other command does. */
    <T> T whileLocked(Change<T> change) throws ClusterException, IOException, InterruptedException {
        Files.createDirectories(path);
        try (FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!locked(channel)) {
                throw new ClusterException(
                        "another command starts or stops the cluster in " + path + " just now: wait for it");
            }
            return change.make();
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this same process
        }
    }

    Optional<ClusterState> state() throws IOException {
        Path file = stateFile();
        return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), ClusterState.class)) : Optional.empty();
    }

    void write(ClusterState state) throws IOException {
        Path unfinished = path.resolve("cluster.json.new");
        JSON.writerWithDefaultPrettyPrinter().writeValue(unfinished.toFile(), state);
        Files.move(unfinished, stateFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forgets the cluster. Logs and configuration stay. */
    void clear() throws IOException {
        Files.deleteIfExists(stateFile());
        FileTrees.remove(temporary());
    }

    private Path stateFile() {
        return path.resolve("cluster.json");
    }
}
