package dev.agon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TreeChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeDiffTest {

    @Test
    void isEmptyWithoutChanges() {
        assertThat(TreeDiff.of(List.of(file("a", "x\n")), List.of())).isEmpty();
        assertThat(TreeDiff.of(List.of(file("a", "x\n")), List.of(change("a", "x\n", "file"))))
                .isEmpty();
    }

    @Test
    void looksLikeGitsOwn() {
        String before =
                IntStream.rangeClosed(1, 20).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        String after = before.replace("line 3\n", "line three\n").replace("line 19\n", "") + "more";
        assertThat(TreeDiff.of(
                        List.of(file("b/code.py", before), file("gone.txt", "bye\n"), file("run.sh", "true\n")),
                        List.of(
                                change("run.sh", "true\n", "executable"),
                                gone("gone.txt"),
                                change("b/code.py", after, "file"),
                                change("empty file", "", "file"),
                                change("link", "b/code.py", "link"))))
                .isEqualTo("""
                        diff --git a/b/code.py b/b/code.py
                        index c4352f8..2abb1fd 100644
                        --- a/b/code.py
                        +++ b/b/code.py
                        @@ -1,6 +1,6 @@
                         line 1
                         line 2
                        -line 3
                        +line three
                         line 4
                         line 5
                         line 6
                        @@ -16,5 +16,5 @@
                         line 16
                         line 17
                         line 18
                        -line 19
                         line 20
                        +more
                        \\ No newline at end of file
                        diff --git a/empty file b/empty file
                        new file mode 100644
                        index 0000000..e69de29
                        diff --git a/gone.txt b/gone.txt
                        deleted file mode 100644
                        index b023018..0000000
                        --- a/gone.txt
                        +++ /dev/null
                        @@ -1 +0,0 @@
                        -bye
                        diff --git a/link b/link
                        new file mode 120000
                        index 0000000..91326eb
                        --- /dev/null
                        +++ b/link
                        @@ -0,0 +1 @@
                        +b/code.py
                        \\ No newline at end of file
                        diff --git a/run.sh b/run.sh
                        old mode 100644
                        new mode 100755
                        """);
    }

    @Test
    void leavesOutWhatGitRefuses() {
        assertThat(TreeDiff.of(
                        List.of(), List.of(change(".git/config", "x\n", "file"), change("a/.git", "x\n", "file"))))
                .isEmpty();
    }

    @Test
    void rejectsAKindThatThereIsNot() {
        assertThatThrownBy(() -> TreeDiff.of(List.of(), List.of(change("a", "x", "device"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("change of a has the kind device; expected file, executable or link");
    }

    @Test
    void replacesAsAWholeWhatWouldTakeLongToCompare(@TempDir Path folder) throws Exception {
        String before =
                IntStream.range(0, 100_000).mapToObj(i -> "a" + i + "\n").collect(Collectors.joining());
        String after = before.replace('a', 'b') + "end\n";
        List<TaskFile> files = List.of(file("big", "first\n" + before));
        List<TreeChange> changes = List.of(change("big", "first\n" + after, "file"));
        String patch = TreeDiff.of(files, changes);
        assertThat(patch).contains("@@ -1,100001 +1,100002 @@\n first\n-a0\n-a1\n");
        assertThat(applied(folder, files, patch)).isEqualTo(expected(files, changes));
    }

    @Test
    void comparesTheLargestTextsInTime() {
        String before = IntStream.range(0, LineHunks.MOST_COMPARED / 2)
                .mapToObj(i -> "a" + i + "\n")
                .collect(Collectors.joining());
        String after = before.replace('a', 'b');
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThat(LineHunks.of(before, after)).startsWith("@@ -1,4000 +1,4000 @@\n"));
    }

    /** Random trees with everything that a working folder may hold: git's own reader must get exactly the changed tree. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void gitAppliesItExactly(long seed, @TempDir Path folder) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            Map<String, TaskFile> files = new TreeMap<>();
            for (int i = 0; i < 8; i++) {
                String path = path(random);
                if (fits(path, files.keySet())) {
                    files.put(path, file(path, content(random), random.nextInt(4) == 0));
                }
            }
            Map<String, TreeChange> changes = new TreeMap<>();
            for (TaskFile file : files.values()) {
                switch (random.nextInt(5)) {
                    case 0 -> changes.put(file.getPath(), gone(file.getPath()));
                    case 1, 2 ->
                        changes.put(
                                file.getPath(),
                                change(file.getPath(), edited(random, bytes(file.getContent())), kind(random)));
                    case 3 -> changes.put(file.getPath(), change(file.getPath(), content(random), kind(random)));
                    default -> {}
                }
            }
            for (int i = 0; i < 5; i++) {
                String path = path(random);
                List<String> kept = files.keySet().stream()
                        .filter(each ->
                                !changes.containsKey(each) || changes.get(each).getContent() != null)
                        .toList();
                List<String> added = changes.values().stream()
                        .filter(each -> each.getContent() != null)
                        .map(TreeChange::getPath)
                        .toList();
                if (!files.containsKey(path) && fits(path, kept) && fits(path, added)) {
                    changes.put(path, change(path, content(random), kind(random)));
                }
            }
            List<TaskFile> before = List.copyOf(files.values());
            List<TreeChange> after = List.copyOf(changes.values());
            String patch = TreeDiff.of(before, after);
            assertThat(TreeDiff.of(before, after)).isEqualTo(patch);
            Path tree = Files.createDirectory(folder.resolve("round" + round));
            assertThat(applied(tree, before, patch)).as(patch).isEqualTo(expected(before, after));
        }
    }

    private static boolean fits(String path, Iterable<String> others) {
        for (String other : others) {
            if (other.equals(path) || other.startsWith(path + "/") || path.startsWith(other + "/")) {
                return false;
            }
        }
        return true;
    }

    private static String path(Random random) {
        String[] names = {"a", "b c", "d", "é", "x\"y", "t\tn\n", "back\\slash", "-e", "日本", "a b", " lead", "trail "};
        String name = names[random.nextInt(names.length)];
        return random.nextInt(3) == 0 ? names[random.nextInt(names.length)] + "/" + name : name;
    }

    private static String kind(Random random) {
        return random.nextInt(5) == 0 ? "link" : random.nextInt(3) == 0 ? "executable" : "file";
    }

    private static byte[] content(Random random) {
        if (random.nextInt(5) == 0) {
            byte[] binary = new byte[random.nextInt(3) == 0 ? 70_000 : random.nextInt(200)];
            random.nextBytes(binary);
            return binary;
        }
        StringBuilder text = new StringBuilder();
        int lines = random.nextInt(30);
        for (int i = 0; i < lines; i++) {
            text.append(random.nextInt(6)).append(random.nextInt(8) == 0 ? "\r\n" : "\n");
        }
        return (random.nextInt(3) == 0 ? text + "last\r" : text.toString()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] edited(Random random, byte[] content) {
        List<String> lines =
                new ArrayList<>(List.of(new String(content, StandardCharsets.ISO_8859_1).split("(?<=\n)")));
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            int at = random.nextInt(lines.size() + 1);
            if (at < lines.size() && random.nextBoolean()) {
                lines.remove(at);
            } else {
                lines.add(at, "new " + random.nextInt(9) + (random.nextInt(9) == 0 ? "" : "\n"));
            }
        }
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> applied(Path tree, List<TaskFile> files, String patch) throws Exception {
        for (TaskFile file : files) {
            Path path = tree.resolve(file.getPath());
            Files.createDirectories(path.getParent());
            Files.write(path, bytes(file.getContent()));
            path.toFile().setExecutable(file.getExecutable());
        }
        if (!patch.isEmpty()) {
            Path patchFile = Files.writeString(Files.createTempFile("tree", ".patch"), patch);
            Process git = new ProcessBuilder("git", "apply", "--whitespace=nowarn", patchFile.toString())
                    .directory(tree.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(git.waitFor()).as("git apply: " + said + "\n" + patch).isZero();
            Files.delete(patchFile);
        }
        Map<String, String> found = new TreeMap<>();
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                found.put(tree.relativize(file).toString(), describe(file));
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static String describe(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "link " + Files.readSymbolicLink(file);
        }
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return (Files.isExecutable(file) ? "executable " : "file ") + content;
    }

    private static Map<String, String> expected(List<TaskFile> files, List<TreeChange> changes) {
        Map<String, String> expected = new TreeMap<>();
        files.forEach(file -> expected.put(
                file.getPath(),
                (file.getExecutable() ? "executable " : "file ")
                        + new String(bytes(file.getContent()), StandardCharsets.ISO_8859_1)));
        for (TreeChange change : changes) {
            if (change.getContent() == null) {
                expected.remove(change.getPath());
            } else {
                boolean link = change.getKind().equals("link");
                expected.put(
                        change.getPath(),
                        change.getKind() + " "
                                + new String(
                                        bytes(change.getContent()),
                                        link ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
            }
        }
        return expected;
    }

    private static TaskFile file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8), false);
    }

    private static TaskFile file(String path, byte[] content, boolean executable) {
        return TaskFile.newBuilder()
                .setPath(path)
                .setContent(ByteBuffer.wrap(content))
                .setExecutable(executable)
                .build();
    }

    private static TreeChange change(String path, String content, String kind) {
        return change(path, content.getBytes(StandardCharsets.UTF_8), kind);
    }

    private static TreeChange change(String path, byte[] content, String kind) {
        // A link's target is a path: never empty, no zero byte.
        byte[] bytes = kind.equals("link") && content.length != 9 ? "tärget".getBytes(StandardCharsets.UTF_8) : content;
        return TreeChange.newBuilder()
                .setPath(path)
                .setContent(ByteBuffer.wrap(bytes))
                .setKind(kind)
                .build();
    }

    private static TreeChange gone(String path) {
        return TreeChange.newBuilder().setPath(path).setContent(null).build();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
