package dev.agon.pipelines.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.sandbox.FileTrees;
import dev.agon.tables.TableTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * The folder that a run owns. The run writes a draft beside it, and swaps the whole draft in at its end. A folder that holds another
 * run, or anything else, is left alone. While a run goes on, no other run can claim its folder.
 */
public final class RunFolder implements AutoCloseable {

    static final String MANIFEST = "run.json";

    private final Path out;
    private final Path draft;
    private final FolderLock lock;

    private RunFolder(Path out, Path draft, FolderLock lock) {
        this.out = out;
        this.draft = draft;
        this.lock = lock;
    }

    /**
     * Claims a folder for a run.
     *
     * @param out the folder
     * @param identity {@link RunManifest#identity} of the run, which is the same when the same run is started again
     * @param overwrite whether another run's folder may be replaced
     * @throws ConfigException when the folder belongs to something else, cannot be written, or is in use
     */
    public static RunFolder claim(Path out, String identity, boolean overwrite) throws ConfigException {
        Path folder = out.toAbsolutePath().normalize();
        Path draft = folder.resolveSibling(folder.getFileName() + ".stage");
        try {
            Files.createDirectories(folder.getParent());
            FolderLock lock = FolderLock.of(folder)
                    .orElseThrow(() -> new ConfigException("another run is writing to " + out
                            + ": wait for it, or give this one its own folder with --out"));
            try {
                checkOwner(folder, identity, overwrite);
                FileTrees.remove(draft);
                Files.createDirectories(draft);
                return new RunFolder(folder, draft, lock);
            } catch (ConfigException | IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ConfigException(
                    "the output folder " + out + " cannot be written (" + e + "): name another with --out", e);
        }
    }

    private static void checkOwner(Path folder, String identity, boolean overwrite) throws ConfigException {
        if (!Files.exists(folder) || overwrite) {
            return;
        }
        try {
            Path manifest = folder.resolve(MANIFEST);
            if (!Files.exists(manifest)) {
                if (!Files.isDirectory(folder) || !isEmpty(folder)) {
                    throw new ConfigException(
                            folder + " exists and is not the folder of a run: name another with --out,"
                                    + " or replace it with --overwrite");
                }
                return;
            }
            JsonNode other = new ObjectMapper().readTree(manifest.toFile());
            if (!identity.equals(other.path("identity").asText())) {
                throw new ConfigException(folder + " holds another run ("
                        + other.path("name").asText() + ", seed "
                        + other.path("seed").asText() + ", or another configuration): name another folder with --out,"
                        + " or replace it with --overwrite");
            }
        } catch (IOException e) {
            throw new ConfigException(folder + " cannot be read (" + e + "): name another folder with --out", e);
        }
    }

    /** Where the run writes. */
    public Path draft() {
        return draft;
    }

    /** Puts the draft in the place of the folder. The folder is never half old and half new. */
    public void swapIn() throws IOException {
        FileTrees.remove(draft.resolve(TableTarget.UNFINISHED));
        swap(draft, out);
    }

    /** Puts a draft in the place of a folder. What was there is {@code PLACE.old} in between. */
    static void swap(Path draft, Path place) throws IOException {
        Path old = place.resolveSibling(place.getFileName() + ".old");
        FileTrees.remove(old);
        if (Files.exists(place)) {
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        FileTrees.remove(old);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }
}
