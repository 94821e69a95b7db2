package dev.agon.bench;

import dev.agon.journal.BlobKind;
import dev.agon.journal.Blobs;
import dev.agon.journal.FolderBlobs;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.journal.StoredBlob;
import dev.agon.schemas.Grade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What the journal costs: 2,000 blobs of 1 KB written to a folder as the steps of 40 rollouts, synced to the disk as steps are and not
 * synced as what is handed over, by 1, 8 and 64 writers at once; and entries of 2 KB and of 100 KB of log-like text written to memory
 * and read back. Prints the median of five rounds after one that does not count.
 *
 * <p>Argument: the folder to write below; default the folder for temporary files.
 */
public final class JournalBench {

    private static final int ROUNDS = 5;
    private static final int PUTS = 2_000;
    private static final int STEPS = 50;

    private JournalBench() {}

    public static void main(String[] args) throws Exception {
        Path below = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        for (int writers : new int[] {1, 8, 64}) {
            print("put of 1 KB, " + writers + " writers", median(() -> puts(below, "handover", writers)));
            print("the same, synced", median(() -> puts(below, "steps", writers)));
        }
        print("encode and decode 2 KB", median(() -> entries(2_000, 20_000)));
        print("encode and decode 100 KB", median(() -> entries(100_000, 1_000)));
    }

    private static double puts(Path below, String kind, int writers) throws Exception {
        Path folder = Files.createTempDirectory(below, "journal-bench");
        try {
            Blobs blobs = new FolderBlobs(folder);
            byte[] bytes = new byte[1_000];
            long start = System.nanoTime();
            ExecutorService threads = Executors.newFixedThreadPool(writers);
            try {
                List<Future<?>> done = new ArrayList<>();
                for (int i = 0; i < PUTS; i++) {
                    // As rollouts do, each writer has a folder of its own.
                    String name = kind + "/task-" + i % writers + "-" + i / writers / STEPS
                            + "/0/3/0123456789abcdef0123456789abcdef/" + i / writers % STEPS;
                    done.add(threads.submit(() -> {
                        blobs.put(name, bytes);
                        return null;
                    }));
                }
                for (Future<?> put : done) {
                    put.get();
                }
            } finally {
                threads.shutdown();
            }
            return micros(start, PUTS);
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static double entries(int characters, int times) {
        Journal journal = new Journal(new InMemory());
        JournalKey key = JournalKey.of(BlobKind.GRADES, "task/0/3", "hash");
        Grade grade = Grade.newBuilder()
                .setRolloutId("task/0/3")
                .setTaskId("task")
                .setIteration(0)
                .setResolved(true)
                .setReward(1)
                .setOutput(text(characters))
                .setDurationMs(12)
                .build();
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            journal.put(key, grade);
            journal.find(key, Grade.class).orElseThrow();
        }
        return micros(start, times);
    }

    /** Words as of a log: they compress to about a third. */
    private static String text(int characters) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            text.append("test_").append(Integer.toString(random.nextInt(2_000), 36));
            text.append(random.nextInt(4) == 0 ? " FAILED\n" : " passed in 0.0" + random.nextInt(99) + "s\n");
        }
        return text.substring(0, characters);
    }

    private static double median(Round round) throws Exception {
        round.microseconds();
        double[] results = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            results[i] = round.microseconds();
        }
        Arrays.sort(results);
        return results[ROUNDS / 2];
    }

    private static double micros(long start, int times) {
        return (System.nanoTime() - start) / 1e3 / times;
    }

    private static void print(String what, double microseconds) {
        System.out.printf(Locale.ROOT, "%-26s %8.1f us%n", what, microseconds);
    }

    private interface Round {
        double microseconds() throws Exception;
    }

    private static final class InMemory implements Blobs {

        private final Map<String, byte[]> blobs = new HashMap<>();

        @Override
        public Optional<byte[]> get(String name) {
            return Optional.ofNullable(blobs.get(name));
        }

        @Override
        public void put(String name, byte[] bytes) {
            blobs.put(name, bytes);
        }

        @Override
        public void delete(String name) {
            blobs.remove(name);
        }

        @Override
        public List<String> list(String folder) {
            return blobs.keySet().stream()
                    .filter(name -> name.startsWith(folder + "/"))
                    .sorted()
                    .toList();
        }

        @Override
        public List<StoredBlob> stored() {
            return List.of();
        }
    }
}
