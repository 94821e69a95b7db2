package dev.agon.pipelines.command;

import dev.agon.pipelines.config.ConfigException;
import dev.agon.sandbox.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A temporary file that a killed process left outside of a folder of its own, as processes did that started without the launcher
 * or with an earlier version: a native library, or rows and tasks of a run.
 *
 * <p>Only one's own are found, and only those of which this machine shows that no living process uses them: no process has a library
 * in its memory, and no Java process is older than rows or tasks. Processes of another container that shares the folder are not seen.
 *
 * @param path file or folder
 * @param bytes its size
 */
record StrayFile(Path path, long bytes) {

    private static final Pattern LIBRARY = Pattern.compile(
            "(snappy-[0-9.]+-[0-9a-f-]{36}-libsnappyjava\\.so|liblz4-java-[0-9]+\\.so|libduckdb_java[0-9]+\\.so"
                    + "|libzstd-jni-[0-9.-]+\\.so)(\\.lck)?");
    private static final Pattern OF_RUNS = Pattern.compile("agon-(rows-[0-9]+\\.parquet|flink-[0-9]+|tasks-[0-9]+)");

    /** A library is there for a moment before it is loaded. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** Looks for them in a folder for temporary files. */
    static List<StrayFile> find(Path parent, Instant now) throws ConfigException {
        List<StrayFile> strays = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(parent.toRealPath())) {
            UserPrincipal user = Files.getOwner(Path.of("/proc/self"));
            Set<String> loaded = loadedLibraries();
            Instant oldestJava = oldestJava().orElse(now);
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean library = LIBRARY.matcher(name).matches();
                if (library || OF_RUNS.matcher(name).matches()) {
                    Instant written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                            .toInstant();
                    boolean used = library
                            ? loaded.contains(name.replace(".lck", "")) || written.isAfter(now.minus(YOUNG))
                            : written.isAfter(oldestJava);
                    if (!used && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                        strays.add(new StrayFile(file, FileTrees.bytes(file)));
                    }
                }
            }
            strays.sort((one, other) -> one.path().compareTo(other.path()));
            return strays;
        } catch (NoSuchFileException e) {
            return List.of(); // its owner removed it just now
        } catch (IOException e) {
            throw new ConfigException("cannot look for what killed processes left in " + parent + ": " + e, e);
        }
    }

    /** Names of all files that living processes have mapped into their memory. */
    private static Set<String> loadedLibraries() {
        Set<String> names = new HashSet<>();
        ProcessHandle.allProcesses().map(ProcessHandle::pid).forEach(pid -> {
            try (Stream<String> mapped =
                    Files.lines(Path.of("/proc", Long.toString(pid), "maps"), StandardCharsets.ISO_8859_1)) {
                mapped.filter(line -> line.contains("/"))
                        .map(line -> line.substring(line.lastIndexOf('/') + 1))
                        .forEach(names::add);
            } catch (IOException | UncheckedIOException e) {
                // Gone by now, or another user's, which uses none of this user's files.
                return;
            }
        });
        return names;
    }

    private static Optional<Instant> oldestJava() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .flatMap(process -> process.info().startInstant().stream())
                .min(Instant::compareTo);
    }
}
