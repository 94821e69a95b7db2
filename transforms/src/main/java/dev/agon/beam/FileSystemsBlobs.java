package dev.agon.beam;

import dev.agon.journal.Blobs;
import dev.agon.schemas.Ids;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Blobs in any of Beam's file systems. Object stores show a new object only when it is whole; on the others the blob is written
 * under another name first and then renamed.
 */
final class FileSystemsBlobs implements Blobs {

    private static final String BYTES = "application/octet-stream";
    private static final String UNFINISHED = ".part";

    private final String root;

    FileSystemsBlobs(String root) {
        this.root = root.endsWith("/") ? root : root + "/";
    }

    @Override
    public Optional<byte[]> get(String name) throws IOException {
        try (InputStream in = Channels.newInputStream(FileSystems.open(resource(name)))) {
            return Optional.of(in.readAllBytes());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(String name, byte[] bytes) throws IOException {
        // Two writers of different bytes write different parts; of the same bytes, either may be the one that is
        // renamed.
        ResourceId part = resource(name + "." + Ids.sha256(bytes) + UNFINISHED);
        try (WritableByteChannel out = FileSystems.create(part, BYTES)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        }
        FileSystems.rename(List.of(part), List.of(resource(name)), StandardMoveOptions.IGNORE_MISSING_FILES);
    }

    @Override
    public void delete(String name) throws IOException {
        FileSystems.delete(List.of(resource(name)), StandardMoveOptions.IGNORE_MISSING_FILES);
    }

    @Override
    public List<String> list(String folder) throws IOException {
        MatchResult match = FileSystems.match(root + folder + "/**", EmptyMatchTreatment.ALLOW);
        String base = resource("").toString();
        return match.metadata().stream()
                .map(file -> file.resourceId().toString())
                .filter(file -> !file.endsWith(UNFINISHED))
                .map(file -> file.substring(file.indexOf(base) + base.length()))
                .sorted()
                .collect(Collectors.toList());
    }

    private ResourceId resource(String name) {
        return FileSystems.matchNewResource(root + name, name.isEmpty());
    }
}
