package dev.agon.pipelines.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.sandbox.FileTrees;
import dev.agon.stores.FolderLock;
import dev.agon.tables.TableTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
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
     * @param out the folder; a link stands for the folder that it leads to
     * @param journal where the run keeps what it paid for, if that is a folder of this machine
     * @param identity {@link RunManifest#identity} of the run, which is the same when the same run is started again
     * @param overwrite whether another run's folder may be replaced
     * @throws ConfigException when the folder belongs to something else, cannot be written, is in use, or would take the journal
     *     with it
     */
    public static RunFolder claim(Path out, Optional<Path> journal, String identity, boolean overwrite)
            throws ConfigException {
        try {
            Path folder = real(out);
            Path draft = beside(folder, ".stage");
            Path old = beside(folder, ".old");
            if (journal.isPresent()) {
                checkOutside(real(journal.get()), List.of(folder, draft, old));
            }
            Files.createDirectories(folder.getParent());
            FolderLock lock = FolderLock.of(folder)
                    .orElseThrow(() -> new ConfigException("another run is writing to " + out
                            + ": wait for it, or give this one its own folder with --out"));
            try {
                checkOwner(folder, identity, overwrite);
                removeLeftover(draft);
                removeLeftover(old);
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

    private static void checkOutside(Path journal, List<Path> replaced) throws ConfigException {
        for (Path folder : replaced) {
            if (journal.startsWith(folder)) {
                throw new ConfigException("the journal " + journal + " is in " + folder
                        + ", which the run replaces: what was paid for would be deleted. Set `journal`, or --out, to another"
                        + " folder");
            }
        }
    }

    private static void checkOwner(Path folder, String identity, boolean overwrite) throws ConfigException {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Path manifest = folder.resolve(MANIFEST);
            if (!Files.exists(manifest)) {
                if (!isEmptyFolder(folder)) {
                    throw new ConfigException(
                            folder + " exists and is not the folder of a run: name another with --out");
                }
                return;
            }
            if (overwrite) {
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
        Path old = beside(place, ".old");
        if (Files.exists(old)) {
            FileTrees.remove(old, MANIFEST);
        }
        if (Files.exists(place)) {
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        if (Files.exists(old)) {
            FileTrees.remove(old, MANIFEST);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** Removes what a run that was killed left beside its folder. What is no run's is left alone. */
    private static void removeLeftover(Path left) throws ConfigException, IOException {
        if (Files.notExists(left, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean runs = !Files.isSymbolicLink(left) && (Files.exists(left.resolve(MANIFEST)) || isEmptyFolder(left));
        if (!runs) {
            throw new ConfigException(left + " was not left there by a run, and a run would write there:"
                    + " move it away, or name another folder with --out");
        }
        FileTrees.remove(left, MANIFEST); // by which it is known, if the removal is cut short
    }

    private static Path beside(Path folder, String suffix) {
        return folder.resolveSibling(folder.getFileName() + suffix);
    }

    /** The path without links, however much of it is there already. */
    private static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.exists(absolute) || absolute.getParent() == null) {
            return absolute.toRealPath();
        }
        return real(absolute.getParent()).resolve(absolute.getFileName());
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }
}
