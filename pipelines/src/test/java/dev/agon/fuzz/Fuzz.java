package dev.agon.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives bad texts to a reader for a time, and says at which it fails in a way that is not its own, or takes too long. The texts are
 * kept.
 */
final class Fuzz {

    /** A reader that takes longer for a quarter of a megabyte does work that grows faster than the text. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MOST_FINDINGS = 5;

    private final ExecutorService thread = Executors.newCachedThreadPool(task -> {
        Thread daemon = new Thread(task, "reader");
        daemon.setDaemon(true);
        return daemon;
    });
    private final Path folder;

    /** @param folder where the texts of findings are kept */
    Fuzz(Path folder) {
        this.folder = folder;
    }

    /** The number of findings. */
    int read(Target target, long seed, long seconds) throws Exception {
        Mutation mutation = new Mutation(seed, target.good());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long texts = 0;
        int findings = 0;
        while (System.nanoTime() < end && findings < MOST_FINDINGS) {
            byte[] text = mutation.next();
            texts++;
            Future<?> read = thread.submit(() -> target.read(text));
            try {
                read.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                findings++;
                Path kept = Files.write(folder.resolve(target.name() + "-" + texts), text);
                System.out.println("FOUND " + kept);
                e.getCause().printStackTrace(System.out);
            } catch (TimeoutException e) {
                findings++;
                System.out.println("SLOW " + Files.write(folder.resolve(target.name() + "-" + texts), text));
                Thread.getAllStackTraces().forEach((running, stack) -> {
                    if (running.getName().equals("reader")) {
                        List.of(stack).subList(0, Math.min(25, stack.length)).forEach(System.out::println);
                    }
                });
            }
        }
        System.out.println(target.name() + ": " + texts + " texts, " + findings + " findings");
        return findings;
    }
}
