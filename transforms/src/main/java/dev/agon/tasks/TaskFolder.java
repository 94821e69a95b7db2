package dev.agon.tasks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.agon.fields.Field;
import dev.agon.schemas.TaskFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of one task. All its files together have a limit of bytes. Only plain files and folders are read: a symbolic link could
 * show an agent files outside of the task, or the hidden files of the task, and a pipe would never end.
 */
final class TaskFolder {

    /** Keeps the digits of numbers as they are written, for messages. */
    private static final ObjectMapper TOML = TomlMapper.builder()
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private final Path root;
    private int bytesLeft = TaskContent.MAX_BYTES;

    TaskFolder(Path root) {
        this.root = root;
    }

    /** The text of a file that the task must have. */
    String text(String name) throws BadRecordException {
        Path file = root.resolve(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw missing(name);
        }
        return decode(name, read(file, attributes(file)));
    }

    /** The text of a file that may not be blank, without the blanks around it. */
    String filledText(String name) throws BadRecordException {
        String text = text(name).strip();
        if (text.isEmpty()) {
            throw new BadRecordException(name + " is empty: expected the problem statement");
        }
        return text;
    }

    /** The settings, in TOML or YAML, of a file that the task must have. Keys that nobody asks for do no harm. */
    Field<BadRecordException> settings(String name) throws BadRecordException {
        Field.Problems<BadRecordException> problems = Field.Problems.in(name, BadRecordException::new);
        return name.endsWith(".toml") ? Field.read(TOML, text(name), problems) : Field.readYaml(text(name), problems);
    }

    /** Whether the task has a file or folder of that name. */
    boolean has(String name) {
        return Files.exists(root.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** One file that the task must have. */
    TaskFile file(String name) throws BadRecordException {
        if (!has(name)) {
            throw missing(name);
        }
        return file(root, root.resolve(name), attributes(root.resolve(name)));
    }

    /** Every file of the task, sorted by path, without the files and folders of these names at its top. */
    List<TaskFile> filesBut(Set<String> names) throws BadRecordException {
        List<TaskFile> found = new ArrayList<>();
        for (Path path : children(root)) {
            if (names.contains(path.getFileName().toString())) {
                continue;
            }
            BasicFileAttributes attributes = attributes(path);
            if (attributes.isDirectory()) {
                collect(root, path, found);
            } else {
                found.add(file(root, path, attributes));
            }
        }
        found.sort(Comparator.comparing(TaskFile::getPath));
        return found;
    }

    /** Every file below a folder of the task, sorted by path; empty when there is no such folder. */
    List<TaskFile> files(String name) throws BadRecordException {
        Path folder = root.resolve(name);
        List<TaskFile> found = new ArrayList<>();
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            if (!attributes(folder).isDirectory()) {
                throw new BadRecordException(name + " is " + kind(folder) + ": expected a folder");
            }
            collect(folder, folder, found);
        }
        found.sort(Comparator.comparing(TaskFile::getPath));
        return found;
    }

    private void collect(Path top, Path folder, List<TaskFile> found) throws BadRecordException {
        for (Path path : children(folder)) {
            BasicFileAttributes attributes = attributes(path);
            if (attributes.isDirectory()) {
                collect(top, path, found);
            } else {
                found.add(file(top, path, attributes));
            }
        }
    }

    private TaskFile file(Path top, Path path, BasicFileAttributes attributes) throws BadRecordException {
        return TaskFile.newBuilder()
                .setPath(top.relativize(path).toString())
                .setContent(ByteBuffer.wrap(read(path, attributes)))
                .setExecutable(ownerExecutes(path))
                .build();
    }

    private static BadRecordException missing(String name) {
        return new BadRecordException(name + " is missing: every task folder needs one");
    }

    private byte[] read(Path file, BasicFileAttributes attributes) throws BadRecordException {
        if (!attributes.isRegularFile()) {
            throw new BadRecordException(
                    root.relativize(file) + " is " + kind(file) + ": expected a plain file, so put a copy there");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(bytesLeft + 1);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (bytes.length > bytesLeft) {
            throw new BadRecordException("the task is larger than " + (TaskContent.MAX_BYTES >> 20)
                    + " MiB (the limit was passed at " + root.relativize(file)
                    + "): make it smaller, or let its check produce what is large");
        }
        bytesLeft -= bytes.length;
        return bytes;
    }

    private static List<Path> children(Path folder) throws BadRecordException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static BasicFileAttributes attributes(Path path) throws BadRecordException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static boolean ownerExecutes(Path file) throws BadRecordException {
        try {
            return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                    .contains(PosixFilePermission.OWNER_EXECUTE);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String kind(Path path) throws BadRecordException {
        try {
            return Files.isSymbolicLink(path)
                    ? "a symbolic link to " + Files.readSymbolicLink(path)
                    : Files.isDirectory(path) ? "a folder" : Files.isRegularFile(path) ? "a file" : "a special file";
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static String decode(String name, byte[] bytes) throws BadRecordException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRecordException(name + " is not UTF-8 text: save it as UTF-8", e);
        }
    }

    private static BadRecordException unreadable(Path path, IOException e) {
        return new BadRecordException(
                path + " cannot be read (" + e + "): check that it exists and its permissions", e);
    }
}
