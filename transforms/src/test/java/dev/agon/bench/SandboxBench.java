package dev.agon.bench;

import dev.agon.sandbox.Command;
import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.Sandboxes;
import dev.agon.schemas.TaskFile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures sandboxes of the kind given as argument ({@code NAMESPACE} or {@code HOST}): milliseconds to open and close one,
 * and no-op steps per second over rollouts of 20 steps, against bare {@code bash -c true} on as many threads in the same run.
 */
public final class SandboxBench {

    private static final int STEPS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private SandboxBench() {}

    public static void main(String[] arguments) throws Exception {
        SandboxConfig.Kind kind = SandboxConfig.Kind.valueOf(arguments.length > 0 ? arguments[0] : "NAMESPACE");
        SandboxConfig defaults = SandboxConfig.defaults();
        SandboxConfig config = new SandboxConfig(kind, defaults.network(), defaults.limits(), defaults.environment());
        try (Sandboxes sandboxes = config.connect()) {
            sandboxes.protections().forEach(System.out::println);
            cycles(sandboxes, 20, files(5, 2_000));
            print("%-44s %8s %8s", "one at a time, ms", "median", "p95");
            for (int[] tree : new int[][] {{5, 2_000}, {200, 4_000}, {290, 3_500}, {310, 3_500}, {2_000, 4_000}}) {
                report(
                        "open + close, " + tree[0] + " files of " + tree[1] + " bytes",
                        cycles(sandboxes, 100, files(tree[0], tree[1])));
            }
            try (Sandbox sandbox = sandboxes.open(new Sandboxes.Spec("/work", files(5, 2_000), Map.of()))) {
                report("command `true`", timed(300, () -> step(sandbox)));
                report("changes, 5 files", timed(300, sandbox::changes));
            }
            report("baseline: bash -c true", timed(300, SandboxBench::bareBash));
            print("%-44s %8s %8s %8s", "no-op steps a second, rollouts of 20 steps", "sandbox", "bare", "ratio");
            for (int threads : new int[] {1, 4, 8, 16}) {
                double bare = perSecond(threads, 60, () -> {
                    for (int i = 0; i < STEPS; i++) {
                        bareBash();
                    }
                    return null;
                });
                double inside = perSecond(threads, 60, () -> rollout(sandboxes));
                print("%-44s %8.0f %8.0f %8.2f", threads + " at once", inside, bare, inside / bare);
            }
        }
    }

    private static List<TaskFile> files(int count, int bytes) {
        List<TaskFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] content = new byte[bytes];
            Arrays.fill(content, (byte) ('a' + i % 26));
            files.add(TaskFile.newBuilder()
                    .setPath("folder" + i % 20 + "/file" + i + ".txt")
                    .setContent(ByteBuffer.wrap(content))
                    .build());
        }
        return files;
    }

    private static long[] cycles(Sandboxes sandboxes, int times, List<TaskFile> files) throws Exception {
        return timed(times, () -> {
            sandboxes.open(new Sandboxes.Spec("/work", files, Map.of())).close();
            return null;
        });
    }

    private static Void rollout(Sandboxes sandboxes) throws Exception {
        try (Sandbox sandbox = sandboxes.open(new Sandboxes.Spec("/work", files(5, 2_000), Map.of()))) {
            for (int i = 0; i < STEPS; i++) {
                step(sandbox);
            }
        }
        return null;
    }

    private static CommandResult step(Sandbox sandbox) throws Exception {
        CommandResult result = sandbox.run(new Command("true", PATIENCE));
        if (result.returnCode().orElse(-1) != 0) {
            throw new IllegalStateException("`true` failed: " + result);
        }
        return result;
    }

    private static Integer bareBash() throws Exception {
        Process process = new ProcessBuilder("/bin/bash", "-c", "true").start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private static long[] timed(int times, Callable<?> action) throws Exception {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long started = System.nanoTime();
            action.call();
            nanos[i] = System.nanoTime() - started;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static double perSecond(int threads, int rollouts, Callable<?> rollout) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long started = System.nanoTime();
            List<Future<Object>> all = new ArrayList<>();
            for (int i = 0; i < rollouts; i++) {
                all.add(pool.submit(rollout::call));
            }
            for (Future<Object> one : all) {
                one.get();
            }
            return rollouts * STEPS * 1e9 / (System.nanoTime() - started);
        } finally {
            pool.shutdown();
        }
    }

    private static void report(String what, long[] sortedNanos) {
        print("%-44s %8.1f %8.1f", what, ms(sortedNanos, 0.5), ms(sortedNanos, 0.95));
    }

    private static double ms(long[] sortedNanos, double quantile) {
        return sortedNanos[(int) (sortedNanos.length * quantile)] / 1e6;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
