package dev.agon.sandbox;

import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TreeChange;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes of a working folder as one patch in git's format, which {@code git apply} turns into exactly those changes. It is the
 * submission of a task that asks for no patch of the agent's own.
 *
 * <p>In: the task's files and the changes. Out: one text, sorted by path; empty when nothing changed. Files that are not UTF-8
 * or hold a zero byte become binary patches. Left out is what git would refuse: paths inside a {@code .git} folder.
 */
public final class TreeDiff {

    private static final String NO_BLOB = "0".repeat(40);
    private static final int SHORT_ID = 7;

    private final StringBuilder patch = new StringBuilder();

    private TreeDiff() {}

    /** The patch that makes the changes to the files. */
    public static String of(List<TaskFile> files, List<TreeChange> changes) {
        Map<String, TaskFile> originals = new HashMap<>();
        files.forEach(file -> originals.put(file.getPath(), file));
        TreeDiff diff = new TreeDiff();
        changes.stream()
                .filter(change -> !List.of(change.getPath().split("/")).contains(".git"))
                .sorted(Comparator.comparing(TreeChange::getPath))
                .forEach(change -> diff.add(
                        change.getPath(),
                        Optional.ofNullable(originals.get(change.getPath())).map(Blob::of),
                        change.getContent() == null ? Optional.empty() : Optional.of(Blob.of(change))));
        return diff.patch.toString();
    }

    private void add(String path, Optional<Blob> before, Optional<Blob> after) {
        if (before.isPresent()
                && after.isPresent()
                && before.get().link() != after.get().link()) {
            // What a path is cannot be patched: it goes, and something else comes.
            add(path, before, Optional.empty());
            add(path, Optional.empty(), after);
            return;
        }
        if (before.equals(after)) {
            return;
        }
        patch.append("diff --git ")
                .append(name("a/", path))
                .append(' ')
                .append(name("b/", path))
                .append('\n');
        if (before.isEmpty()) {
            patch.append("new file mode ").append(after.orElseThrow().mode()).append('\n');
        } else if (after.isEmpty()) {
            patch.append("deleted file mode ").append(before.get().mode()).append('\n');
        } else if (!before.get().mode().equals(after.get().mode())) {
            patch.append("old mode ").append(before.get().mode()).append('\n');
            patch.append("new mode ").append(after.get().mode()).append('\n');
        }
        byte[] old = before.map(Blob::content).orElse(new byte[0]);
        byte[] now = after.map(Blob::content).orElse(new byte[0]);
        if (before.isPresent() && after.isPresent() && Arrays.equals(old, now)) {
            return;
        }
        Optional<String> oldText = text(old);
        Optional<String> newText = text(now);
        boolean binary = oldText.isEmpty() || newText.isEmpty();
        patch.append("index ").append(id(before, binary)).append("..").append(id(after, binary));
        if (before.isPresent()
                && after.isPresent()
                && before.get().mode().equals(after.get().mode())) {
            patch.append(' ').append(before.get().mode());
        }
        patch.append('\n');
        if (binary) {
            patch.append("GIT binary patch\n").append(GitBinary.literal(now)).append(GitBinary.literal(old));
        } else if (old.length > 0 || now.length > 0) {
            patch.append("--- ")
                    .append(before.isPresent() ? fileName("a/", path) : "/dev/null")
                    .append('\n');
            patch.append("+++ ")
                    .append(after.isPresent() ? fileName("b/", path) : "/dev/null")
                    .append('\n');
            patch.append(LineHunks.of(oldText.get(), newText.get()));
        }
    }

    /** A name with a space ends in a tab there, so that no reader takes what follows the space for a date. */
    private static String fileName(String side, String path) {
        String name = name(side, path);
        return name.contains(" ") && !name.startsWith("\"") ? name + "\t" : name;
    }

    /** A path as git prints it: in C's quotes when a byte of it is not plain. A space at the end is none: git loses it. */
    private static String name(String side, String path) {
        StringBuilder quoted = new StringBuilder("\"").append(side);
        boolean plain = !path.endsWith(" ");
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            int code = each & 0xff;
            if (code >= ' ' && code < 0x7f && code != '"' && code != '\\') {
                quoted.append((char) code);
                continue;
            }
            plain = false;
            quoted.append(
                    switch (code) {
                        case '"' -> "\\\"";
                        case '\\' -> "\\\\";
                        case '\n' -> "\\n";
                        case '\t' -> "\\t";
                        default -> "\\%03o".formatted(code);
                    });
        }
        return plain ? side + path : quoted.append('"').toString();
    }

    private static String id(Optional<Blob> blob, boolean whole) {
        String id = blob.map(Blob::id).orElse(NO_BLOB);
        return whole ? id : id.substring(0, SHORT_ID);
    }

    private static Optional<String> text(byte[] content) {
        for (byte each : content) {
            if (each == 0) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** One version of one path. */
    private record Blob(String mode, byte[] content) {

        static Blob of(TaskFile file) {
            return new Blob(file.getExecutable() ? "100755" : "100644", bytes(file.getContent()));
        }

        static Blob of(TreeChange change) {
            String mode = switch (change.getKind()) {
                case "file" -> "100644";
                case "executable" -> "100755";
                case "link" -> "120000";
                default ->
                    throw new IllegalArgumentException("change of " + change.getPath() + " has the kind "
                            + change.getKind() + "; expected file, executable or link");
            };
            return new Blob(mode, bytes(change.getContent()));
        }

        boolean link() {
            return mode.equals("120000");
        }

        /** Git's id of the content. */
        String id() {
            try {
                MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
                sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
                return HexFormat.of().formatHex(sha1.digest(content));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-1", e);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Blob blob && mode.equals(blob.mode) && Arrays.equals(content, blob.content);
        }

        @Override
        public int hashCode() {
            return 31 * mode.hashCode() + Arrays.hashCode(content);
        }

        private static byte[] bytes(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
    }
}
