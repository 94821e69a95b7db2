package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.model.http.ScriptedServer.Request;
import dev.agon.pipelines.cluster.FlinkOnThisMachine;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same experiment on every engine that runs here, each in processes of its own: the same tables, the same calls; and on a
 * cluster that loses workers. {@code bench/lost-workers} sets the number of kills and the size.
 */
class EnginesIT {

    private static final int KILLS = Integer.getInteger("agon.kills", 1);
    private static final int TASKS = Integer.getInteger("agon.kills.tasks", 5);
    private static final int ROLLOUTS = 4;
    private static final int ITERATIONS = 2;
    private static final int WORKERS = 2;
    private static final int IN_FLIGHT = 4;
    private static final int LATENCY_MS = 50;
    private static final int PATIENCE_S = 1_800;

    private final AtomicInteger asked = new AtomicInteger();
    private final List<Long> killed = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void theSameTablesFromEveryEngineAndFromAClusterThatLosesWorkers() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::behave);
                FlinkOnThisMachine flink = FlinkOnThisMachine.start(folder.resolve("flink"), WORKERS)) {
            EndpointExperiment experiment = experiment(server);
            Path direct = folder.resolve("direct");
            run(experiment, direct, List.of());
            int needed = asked.getAndSet(0);
            String tables = new RunQuery(direct).fingerprint();

            Path inProcess = folder.resolve("in-process");
            run(experiment, inProcess, List.of("--runner=FlinkRunner"));
            assertThat(asked.getAndSet(0)).isEqualTo(needed);
            assertThat(new RunQuery(inProcess).fingerprint()).isEqualTo(tables);

            Path cluster = folder.resolve("cluster");
            run(experiment, cluster, flink.options());
            assertThat(asked.getAndSet(0)).isEqualTo(needed);
            assertThat(new RunQuery(cluster).fingerprint()).isEqualTo(tables);
            assertThat(log(experiment))
                    .contains("rollouts " + TASKS * ROLLOUTS * ITERATIONS + " of " + TASKS * ROLLOUTS * ITERATIONS);

            Path lossy = folder.resolve("lossy");
            killWorkers(experiment, lossy, flink, needed);
            int repeated = asked.get() - needed;
            System.out.printf(
                    "an undisturbed run asked %d times; with %d workers killed, and %d calls in flight in each: %d more%n",
                    needed, KILLS, IN_FLIGHT, repeated);
            assertThat(repeated).isBetween(0, KILLS * IN_FLIGHT);
            assertThat(new RunQuery(lossy).fingerprint()).isEqualTo(tables);
        }
        assertThat(killed).hasSize(KILLS);
        assertThat(leftovers(killed)).isEmpty();
    }

    private void killWorkers(EndpointExperiment experiment, Path out, FlinkOnThisMachine flink, int needed)
            throws Exception {
        Random moments = new Random(Long.getLong("agon.kills.seed", 1));
        Process run = experiment.start(out, Map.of(), flink.options().toArray(String[]::new));
        int share = needed / (KILLS + 1);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        for (int kill = 0; kill < KILLS; kill++) {
            int until = share / 2 + kill * share + moments.nextInt(share);
            while (run.isAlive() && asked.get() < until && System.nanoTime() < deadline) {
                run.waitFor(1 + moments.nextInt(5), TimeUnit.MILLISECONDS);
            }
            assertThat(run.isAlive()).as(log(experiment)).isTrue();
            killed.add(flink.kill(moments.nextInt(WORKERS)));
            flink.complete();
        }
        assertThat(run.waitFor(PATIENCE_S, TimeUnit.SECONDS))
                .as(log(experiment))
                .isTrue();
        assertThat(run.exitValue()).as(log(experiment)).isZero();
    }

    private EndpointExperiment experiment(ScriptedServer server) throws IOException {
        return EndpointExperiment.against(
                server,
                folder,
                TASKS,
                List.of(),
                "scaling: {rollouts: " + ROLLOUTS + ", iterations: " + ITERATIONS + ", context_size: 2, votes: 2}",
                "concurrency: {rollouts: " + IN_FLIGHT + ", model_calls: " + IN_FLIGHT + "}");
    }

    private void run(EndpointExperiment experiment, Path out, List<String> options) throws Exception {
        Process run = experiment.start(out, Map.of(), options.toArray(String[]::new));
        assertThat(run.waitFor(PATIENCE_S, TimeUnit.SECONDS))
                .as(log(experiment))
                .isTrue();
        assertThat(run.exitValue()).as(log(experiment)).isZero();
    }

    private static String log(EndpointExperiment experiment) throws IOException {
        return Files.readString(experiment.log());
    }

    /** What killed workers left on this machine once a worker of the run, or {@code agon clean}, has cleaned up after them. */
    private static List<String> leftovers(List<Long> killed) throws IOException {
        RunEndToEndTest.execute("clean");
        List<String> left = new ArrayList<>();
        for (long pid : killed) {
            String owned = "agon-sandboxes-" + pid + "-";
            ProcessHandle.allProcesses()
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains(owned))
                            .isPresent())
                    .forEach(process -> left.add("process " + process.pid()));
            Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .filter(line -> line.contains(owned))
                    .forEach(left::add);
            left.addAll(named(Path.of(System.getProperty("java.io.tmpdir")), 1, owned));
            left.addAll(named(Path.of("/sys/fs/cgroup"), 6, "agon-" + pid + "-"));
        }
        return left;
    }

    private static List<String> named(Path root, int depth, String prefix) throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(root, Set.of(), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.getFileName() != null
                        && folder.getFileName().toString().startsWith(prefix)) {
                    found.add(folder.toString());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private Behaviour behave(int call, Request request) throws IOException {
        asked.incrementAndGet();
        return EndpointExperiment.answer(request.body()).after(LATENCY_MS);
    }
}
