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
 * The folder that a run owns. Everything is written to a stage beside it and swapped in whole; a folder that holds another run,
 * or anything that is no run, is left alone. While a run goes on, no other can claim its folder.
 */
public final class RunFolder implements AutoCloseable {

    static final String MANIFEST = "run.json";

    private final Path out;
    private final Path stage;
    private final FolderLock lock;

    private RunFolder(Path out, Path stage, FolderLock lock) {
        this.out = out;
        this.stage = stage;
        this.lock = lock;
    }

    /**
     * Claims a folder for a run.
     *
     * @param out the folder
     * @param identity what makes a run the same run, as {@link RunManifest#identity} has it
     * @param overwrite whether another run's folder may be replaced
     * @throws ConfigException when the folder belongs to something else, cannot be written, or is in use
     */
    public static RunFolder claim(Path out, String identity, boolean overwrite) throws ConfigException {
        Path folder = out.toAbsolutePath().normalize();
        checkOwner(folder, identity, overwrite);
        Path stage = folder.resolveSibling(folder.getFileName() + ".stage");
        try {
            Files.createDirectories(folder.getParent());
            FolderLock lock = FolderLock.of(folder)
                    .orElseThrow(() -> new ConfigException("another run is writing to " + out
                            + ": wait for it, or give this one its own folder with --out"));
            FileTrees.remove(stage);
            Files.createDirectories(stage);
            return new RunFolder(folder, stage, lock);
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
    public Path stage() {
        return stage;
    }

    /** Puts the stage in the folder's place; the folder is never half old and half new. */
    public void swapIn() throws IOException {
        FileTrees.remove(stage.resolve(TableTarget.UNFINISHED));
        Path old = out.resolveSibling(out.getFileName() + ".old");
        FileTrees.remove(old);
        if (Files.exists(out)) {
            Files.move(out, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(stage, out, StandardCopyOption.ATOMIC_MOVE);
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
