package dev.agon.stores;

import dev.agon.journal.Blobs;
import dev.agon.journal.StoredBlob;
import dev.agon.runtime.ProcessName;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Blobs in any of Beam's file systems. Object stores show a new object only when it is whole, and there a blob is written at once.
 * On the others, HDFS and disks, it is written under another name first and then renamed.
 */
final class FileSystemsBlobs implements Blobs {

    private static final String BYTES = "application/octet-stream";
    private static final String UNFINISHED = ".part";

    /** File systems of Beam that show an object only once it is closed: Cloud Storage, S3, Azure's blobs. */
    private static final Set<String> OBJECT_STORES = Set.of("gs", "s3", "azfs");

    private static final AtomicLong WRITES = new AtomicLong();

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
        ResourceId place = resource(name);
        if (OBJECT_STORES.contains(place.getScheme())) {
            write(place, bytes);
            return;
        }
        ResourceId part = resource(name + "." + ProcessName.VALUE + "-" + WRITES.incrementAndGet() + UNFINISHED);
        write(part, bytes);
        try {
            FileSystems.rename(List.of(part), List.of(place));
        } catch (IOException e) {
            // HDFS renames onto no file: of two who remove the old one and rename, one may find it there again.
            if (get(name).filter(there -> Arrays.equals(there, bytes)).isEmpty()) {
                throw e;
            }
            delete(part);
        }
    }

    private static void write(ResourceId place, byte[] bytes) throws IOException {
        try (WritableByteChannel out = FileSystems.create(place, BYTES)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        }
    }

    /** Beam's option to ignore missing files would ask for each whether it is there; its file systems do not mind. */
    @Override
    public void delete(String name) throws IOException {
        delete(resource(name));
    }

    private static void delete(ResourceId place) throws IOException {
        try {
            FileSystems.delete(List.of(place));
        } catch (FileNotFoundException | NoSuchFileException e) {
            return; // as if it had been there
        }
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return files(folder + "/**").stream()
                .filter(StoredBlob::whole)
                .map(StoredBlob::name)
                .toList();
    }

    @Override
    public List<StoredBlob> stored() throws IOException {
        return files("**");
    }

    private List<StoredBlob> files(String pattern) throws IOException {
        MatchResult match = FileSystems.match(root + pattern, EmptyMatchTreatment.ALLOW);
        String base = resource("").toString();
        return match.metadata().stream()
                .map(file -> stored(file, base))
                .sorted(Comparator.comparing(StoredBlob::name))
                .toList();
    }

    private static StoredBlob stored(MatchResult.Metadata file, String base) {
        String path = file.resourceId().toString();
        String name = path.substring(path.indexOf(base) + base.length());
        // Beam says 0 where a file system tells no time.
        Optional<Instant> written =
                Optional.of(file.lastModifiedMillis()).filter(time -> time > 0).map(Instant::ofEpochMilli);
        return new StoredBlob(name, file.sizeBytes(), written, !name.endsWith(UNFINISHED));
    }

    private ResourceId resource(String name) {
        return FileSystems.matchNewResource(root + name, name.isEmpty());
    }
}
