package dev.agon.tasks;

import dev.agon.sandbox.FileTrees;
import dev.agon.schemas.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * A data set in one of Beam's file systems, such as {@code gs://bucket/tasks}. Readers of tasks need a local folder: they look at links
 * and permissions, and seek in Parquet. So the launcher copies the data set to a temporary folder of the same shape, and reads it
 * there. The sources and messages of what was read name the address, not the copy.
 */
final class RemoteTasks {

    private static final String SCHEME_END = "://";

    private final String scheme;
    private final Path mirror;

    private RemoteTasks(String scheme, Path mirror) {
        this.scheme = scheme;
        this.mirror = mirror;
    }

    /** Reads the data set at a path of the copy. */
    @FunctionalInterface
    interface Reader {
        TaskSet read(String path) throws BadInputException;
    }

    /** Whether a path is an address in another file system than that of this machine. */
    static boolean is(String path) {
        return path.contains(SCHEME_END) && !path.startsWith("file:");
    }

    /**
     * @param address a file, a folder, or a pattern, with its scheme
     * @param reader reads the copy
     * @throws BadInputException when nothing is there, when it cannot be copied, or when the reader throws it
     */
    static TaskSet read(String address, Reader reader) throws BadInputException {
        int scheme = address.indexOf(SCHEME_END) + SCHEME_END.length();
        Path mirror = null;
        try {
            mirror = Files.createTempDirectory("agon-tasks-");
            return new RemoteTasks(address.substring(0, scheme), mirror).readCopy(address, reader);
        } catch (IOException | IllegalArgumentException e) { // Beam throws the latter for an unknown scheme
            throw new BadInputException(address + " cannot be read (" + e.getMessage() + "): check tasks.path", e);
        } finally {
            delete(mirror);
        }
    }

    private TaskSet readCopy(String address, Reader reader) throws IOException, BadInputException {
        String folder = address.replaceAll("/+$", "");
        List<ResourceId> files = Stream.concat(matching(folder), matching(folder + "/**"))
                .distinct()
                .toList();
        if (files.isEmpty()) {
            throw new BadInputException("nothing is at " + address + ": check tasks.path");
        }
        for (ResourceId file : files) {
            copy(file);
        }
        try {
            return remote(reader.read(local(folder).toString()));
        } catch (BadInputException e) {
            throw new BadInputException(remote(e.getMessage()), e);
        }
    }

    private static Stream<ResourceId> matching(String pattern) throws IOException {
        return FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata().stream()
                .map(MatchResult.Metadata::resourceId)
                .filter(file -> !file.isDirectory());
    }

    private void copy(ResourceId file) throws IOException {
        Path copy = local(file.toString());
        Files.createDirectories(copy.getParent());
        try (InputStream in = Channels.newInputStream(FileSystems.open(file))) {
            Files.copy(in, copy);
        }
    }

    private Path local(String address) throws IOException {
        Path local = mirror.resolve(address.substring(scheme.length())).normalize();
        if (!address.startsWith(scheme) || !local.startsWith(mirror)) {
            throw new IOException(address + " leads out of the data set");
        }
        return local;
    }

    private TaskSet remote(TaskSet read) {
        read.tasks().forEach(task -> task.task().setSource(remote(task.task().getSource())));
        for (Failure failure : read.failures()) {
            failure.setElementId(remote(failure.getElementId()));
            failure.setMessage(remote(failure.getMessage()));
        }
        return read;
    }

    private String remote(String text) {
        return text.replace(mirror + "/", scheme);
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try {
            FileTrees.remove(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit(); // a copy that stays only costs disk
        }
    }
}
