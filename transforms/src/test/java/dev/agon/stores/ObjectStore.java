package dev.agon.stores;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.FileSystemUtils;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * An object store in this process, at {@code s3://BUCKET/NAME}: there are no folders, only names with slashes, and an object is seen
 * when it is closed. At {@code object://BUCKET/NAME} it stands for any file system that Agon does not know. Beam finds it by its
 * registrar. What is asked of a bucket can be watched, by {@link ObjectRequests}.
 */
public final class ObjectStore extends FileSystem<ObjectStore.ObjectName> {

    private static final String KNOWN = "s3";
    private static final String UNKNOWN = "object";
    private static final NavigableMap<String, byte[]> OBJECTS = new ConcurrentSkipListMap<>();

    /** Stores an object, as a program outside would. */
    public static void put(String address, byte[] content) {
        OBJECTS.put(address, content);
    }

    /** Stores a text as UTF-8. */
    public static void put(String address, String content) {
        put(address, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Names of all objects that begin so. */
    public static List<String> names(String prefix) {
        return OBJECTS.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    private final String scheme;

    private ObjectStore(String scheme) {
        this.scheme = scheme;
    }

    /** Tells Beam of the store. */
    public static final class Registrar implements FileSystemRegistrar {
        @Override
        public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
            return List.of(new ObjectStore(KNOWN), new ObjectStore(UNKNOWN));
        }
    }

    @Override
    protected List<MatchResult> match(List<String> specs) throws IOException {
        List<MatchResult> matches = new ArrayList<>();
        for (String spec : specs) {
            ObjectRequests.list(spec);
            matches.add(match(spec));
        }
        return matches;
    }

    private static MatchResult match(String spec) {
        boolean pattern = spec.contains("*") || spec.contains("?");
        Pattern names = Pattern.compile(pattern ? FileSystemUtils.wildcardToRegexp(spec) : Pattern.quote(spec));
        List<MatchResult.Metadata> found = OBJECTS.entrySet().stream()
                .filter(object -> names.matcher(object.getKey()).matches())
                .map(ObjectStore::metadata)
                .toList();
        return found.isEmpty() && !pattern
                ? MatchResult.create(MatchResult.Status.NOT_FOUND, new FileNotFoundException(spec))
                : MatchResult.create(MatchResult.Status.OK, found);
    }

    private static MatchResult.Metadata metadata(Map.Entry<String, byte[]> object) {
        return MatchResult.Metadata.builder()
                .setResourceId(new ObjectName(object.getKey()))
                .setSizeBytes(object.getValue().length)
                .setIsReadSeekEfficient(true)
                .setLastModifiedMillis(0)
                .build();
    }

    @Override
    protected WritableByteChannel create(ObjectName name, CreateOptions options) {
        return Channels.newChannel(new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
                ObjectRequests.write(name.address());
                OBJECTS.put(name.address(), toByteArray());
            }
        });
    }

    @Override
    protected ReadableByteChannel open(ObjectName name) throws IOException {
        return new SeekableInMemoryByteChannel(bytes(name));
    }

    @Override
    protected void copy(List<ObjectName> from, List<ObjectName> to) throws IOException {
        for (int i = 0; i < from.size(); i++) {
            ObjectRequests.write(to.get(i).address());
            OBJECTS.put(to.get(i).address(), bytes(from.get(i)));
        }
    }

    @Override
    protected void rename(List<ObjectName> from, List<ObjectName> to, MoveOptions... options) throws IOException {
        copy(from, to);
        delete(from);
    }

    @Override
    protected void delete(Collection<ObjectName> names) throws IOException {
        for (ObjectName name : names) {
            ObjectRequests.delete(name.address());
            OBJECTS.remove(name.address());
        }
    }

    @Override
    protected ObjectName matchNewResource(String address, boolean folder) {
        return new ObjectName(folder && !address.endsWith("/") ? address + "/" : address);
    }

    @Override
    protected String getScheme() {
        return scheme;
    }

    private static byte[] bytes(ObjectName name) throws IOException {
        ObjectRequests.read(name.address());
        byte[] bytes = OBJECTS.get(name.address());
        if (bytes == null) {
            throw new FileNotFoundException(name.address());
        }
        return bytes;
    }

    /** An object, or by the slash at its end what begins so. */
    record ObjectName(String address) implements ResourceId {

        private static final long serialVersionUID = 1L;

        @Override
        public ResourceId resolve(String other, ResolveOptions options) {
            boolean folder = options.equals(ResolveOptions.StandardResolveOptions.RESOLVE_DIRECTORY);
            return new ObjectName(getCurrentDirectory() + other + (folder && !other.endsWith("/") ? "/" : ""));
        }

        @Override
        public ResourceId getCurrentDirectory() {
            return new ObjectName(address.substring(0, address.lastIndexOf('/') + 1));
        }

        @Override
        public String getScheme() {
            return address.substring(0, address.indexOf(':'));
        }

        @Override
        public String getFilename() {
            String name = isDirectory() ? address.substring(0, address.length() - 1) : address;
            return name.substring(name.lastIndexOf('/') + 1);
        }

        @Override
        public boolean isDirectory() {
            return address.endsWith("/");
        }

        @Override
        public String toString() {
            return address;
        }
    }
}
