package dev.agon.corpus;

import dev.agon.trajectory.TrajectoryFile;
import dev.agon.trajectory.TrajectoryReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/** A file of a corpus in any of Beam's file systems. */
final class StoredFile implements TrajectoryFile {

    private static final int MOST_OF_RESULT = 1 << 20;

    private final String path;
    private final Set<String> nearRead = new LinkedHashSet<>();

    StoredFile(String path) {
        this.path = path;
    }

    @Override
    public String path() {
        return path;
    }

    /** Its length in bytes. */
    long size() throws IOException {
        return FileSystems.matchSingleFileSpec(path).sizeBytes();
    }

    InputStream open() throws IOException {
        return Channels.newInputStream(FileSystems.open(resource()));
    }

    /** The files near it that were read, as a corpus lists them. */
    Set<String> nearRead() {
        return nearRead;
    }

    @Override
    public byte[] near(String reference) throws IOException {
        if (reference.startsWith("/") || reference.contains("..") || reference.contains("://")) {
            throw new IOException("`" + reference + "` leads out of the folder of " + path);
        }
        ResourceId near = resource().getCurrentDirectory();
        String[] parts = reference.split("/");
        for (int part = 0; part < parts.length; part++) {
            near = near.resolve(
                    parts[part],
                    part < parts.length - 1
                            ? StandardResolveOptions.RESOLVE_DIRECTORY
                            : StandardResolveOptions.RESOLVE_FILE);
        }
        try (InputStream in = Channels.newInputStream(FileSystems.open(near))) {
            nearRead.add(near.toString());
            return in.readNBytes(TrajectoryReader.BYTES_AT_MOST + 1); // the reader refuses so many
        } catch (FileNotFoundException e) {
            throw new IOException("there is no `" + reference + "` beside " + path, e);
        }
    }

    @Override
    public Optional<byte[]> trialResult() {
        String folder = path.replaceFirst("[^/]*$", "");
        for (String trial : new String[] {folder, folder.replaceFirst("[^/]+/$", "")}) {
            try (InputStream in = Channels.newInputStream(FileSystems.open(
                    FileSystems.matchSingleFileSpec(trial + "result.json").resourceId()))) {
                return Optional.of(in.readNBytes(MOST_OF_RESULT));
            } catch (IOException | IllegalArgumentException e) {
                // It may stand in the next folder, or nowhere: then the trial's own name is all there is.
            }
        }
        return Optional.empty();
    }

    private ResourceId resource() throws IOException {
        return FileSystems.matchSingleFileSpec(path).resourceId();
    }
}
