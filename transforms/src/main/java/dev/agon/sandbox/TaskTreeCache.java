package dev.agon.sandbox;

import dev.agon.schemas.Ids;
import dev.agon.schemas.TaskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of large tasks, written once per worker: the lower layer of the overlays over which all sandboxes of a task work.
 *
 * <p>Folders are named by their content and never change after they are complete. They belong to the user that sandboxes run
 * as, since an overlay lets a user write only what the user could write below it.
 */
final class TaskTreeCache {

    private final Path folder;
    private final OptionalInt owner;
    private final ConcurrentHashMap<String, Path> trees = new ConcurrentHashMap<>();

    /**
     * @param owner user and group that the files are given to; empty when they are this process's own
     */
    TaskTreeCache(Path folder, OptionalInt owner) {
        this.folder = folder;
        this.owner = owner;
    }

    /** The folder that holds exactly these files. */
    Path folderOf(List<TaskFile> files) throws SandboxException {
        for (TaskFile file : files) {
            TreePaths.relative(file.getPath());
        }
        try {
            return trees.computeIfAbsent(key(files), key -> write(folder.resolve(key), files));
        } catch (UncheckedIOException e) {
            throw new SandboxException("cannot lay out the files of a task in " + folder, e.getCause());
        }
    }

    /** Written beside its place and renamed, so that a tree is whole or is not there, and one that failed can be tried again. */
    private Path write(Path tree, List<TaskFile> files) {
        Path part = tree.resolveSibling(tree.getFileName() + ".part");
        try {
            try {
                FileTrees.remove(part);
                makeFolder(part);
                for (TaskFile file : files) {
                    write(part.resolve(file.getPath()), file);
                }
                return Files.move(part, tree, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                FileTrees.remove(part);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path path, TaskFile file) throws IOException {
        makeFolder(path.getParent());
        try (FileChannel out = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer content = file.getContent().duplicate();
            while (content.hasRemaining()) {
                out.write(content);
            }
        }
        own(path, file.getExecutable() ? "rwxr-xr-x" : "rw-r--r--");
    }

    private void makeFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            makeFolder(path.getParent());
            Files.createDirectory(path);
            own(path, "rwxr-xr-x");
        }
    }

    private void own(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        // Both: an overlay cannot copy up what belongs to a user or group that its namespace does not know.
        for (String id : List.of("unix:uid", "unix:gid")) {
            if (owner.isPresent()) {
                Files.setAttribute(path, id, owner.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static String key(List<TaskFile> files) {
        List<String> parts = new ArrayList<>();
        for (TaskFile file : files) {
            byte[] bytes = new byte[file.getContent().remaining()];
            file.getContent().duplicate().get(bytes);
            parts.add(file.getPath());
            parts.add(file.getExecutable() ? "x" : "f");
            parts.add(Ids.sha256(bytes));
        }
        return Ids.sha256(parts.toArray(String[]::new));
    }
}
