package dev.agon.sandbox;

import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TreeChange;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files that a sandbox was opened with, against which its working folder is compared.
 *
 * <p>In: what the server found in the folder, entry by entry. Out: the changes, sorted by path. Not seen as changes: caches
 * that tools leave behind, unless the task's own files hold one of that name; devices, pipes and sockets; empty folders;
 * files whose name is not UTF-8, which no table can hold.
 */
final class WorkingTree {

    private static final Set<String> CACHE_FOLDERS =
            Set.of("__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".git");
    private static final Set<String> CACHE_SUFFIXES = Set.of(".pyc", ".pyo");
    /** Files that a working folder may hold beyond those of the task. */
    private static final int MOST_NEW_FILES = 20_000;

    private final Map<String, TaskFile> originals = new HashMap<>();
    private final Set<String> ignoredFolders;
    private final long originalBytes;
    private final long mostChangedBytes;

    WorkingTree(List<TaskFile> files, int submissionMb) {
        files.forEach(file -> originals.put(file.getPath(), file));
        originalBytes =
                files.stream().mapToLong(f -> f.getContent().remaining()).sum();
        mostChangedBytes = (long) submissionMb << 20;
        Set<String> parts = files.stream()
                .flatMap(file -> List.of(file.getPath().split("/")).stream())
                .collect(Collectors.toSet());
        ignoredFolders =
                CACHE_FOLDERS.stream().filter(name -> !parts.contains(name)).collect(Collectors.toSet());
    }

    /** Names of folders that need not be looked into. */
    Set<String> ignoredFolders() {
        return ignoredFolders;
    }

    /** Bytes of files in the folder beyond which its changes must be too large. */
    long mostBytes() {
        return originalBytes + mostChangedBytes;
    }

    int mostFiles() {
        return originals.size() + MOST_NEW_FILES;
    }

    SubmissionTooLargeException tooLarge(String why) {
        return new SubmissionTooLargeException("the working folder holds too much for a submission of at most "
                + (mostChangedBytes >> 20) + " MiB: " + why);
    }

    Comparison compare() {
        return new Comparison();
    }

    /** One pass over the folder. */
    final class Comparison {
        private final Map<String, TaskFile> unseen = new HashMap<>(originals);
        private final Map<String, TreeChange> changes = new TreeMap<>();
        private long bytes;

        /** Entries as the sandbox's server tells them: a letter, and lengths before path and content. */
        void read(ByteBuffer entries) throws SandboxException, SubmissionTooLargeException {
            while (entries.hasRemaining()) {
                char what = (char) entries.get();
                byte[] path = take(entries);
                byte[] content = take(entries);
                switch (what) {
                    case 'u' -> unchanged(path);
                    case 'f' -> found("file", path, content);
                    case 'x' -> found("executable", path, content);
                    case 'l' -> found("link", path, content);
                    default ->
                        throw new SandboxException("the sandbox's server named an unknown kind of file: " + (int) what);
                }
            }
        }

        private static byte[] take(ByteBuffer entries) throws SandboxException {
            int length = entries.remaining() < Integer.BYTES ? -1 : entries.getInt();
            if (length < 0 || length > entries.remaining()) {
                throw new SandboxException("the sandbox's server sent a malformed list of files");
            }
            byte[] bytes = new byte[length];
            entries.get(bytes);
            return bytes;
        }

        /** An entry that the file system itself vouches for: it is as the task has it. */
        void unchanged(byte[] path) {
            decode(path).ifPresent(unseen::remove);
        }

        /** An entry as it is now; the kind is one of {@link TreeChange}'s. */
        void found(String kind, byte[] rawPath, byte[] content) throws SubmissionTooLargeException {
            Optional<String> path = decode(rawPath);
            if (path.isEmpty() || ignored(path.get())) {
                return;
            }
            TaskFile original = unseen.remove(path.get());
            if (original != null
                    && kind.equals(kindOf(original))
                    && original.getContent().equals(ByteBuffer.wrap(content))) {
                return;
            }
            bytes += content.length;
            if (bytes > mostChangedBytes) {
                throw tooLarge("changed files have more than " + mostChangedBytes + " bytes");
            }
            changes.put(path.get(), change(path.get(), ByteBuffer.wrap(content), kind));
        }

        /** All changes, once every entry was told. */
        List<TreeChange> changes() {
            unseen.forEach((path, file) -> changes.put(path, change(path, null, "file")));
            return new ArrayList<>(changes.values());
        }
    }

    private boolean ignored(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return !originals.containsKey(path) && CACHE_SUFFIXES.stream().anyMatch(name::endsWith);
    }

    private static String kindOf(TaskFile file) {
        return file.getExecutable() ? "executable" : "file";
    }

    private static TreeChange change(String path, ByteBuffer content, String kind) {
        return TreeChange.newBuilder()
                .setPath(path)
                .setContent(content)
                .setKind(kind)
                .build();
    }

    private static Optional<String> decode(byte[] path) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(path))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
