package dev.agon.sandbox;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The read-only system that commands in a namespace sandbox see: the host's {@code /usr}, and an {@code /etc} that holds what
 * programs of {@code /usr} cannot do without and nothing that tells of the host or its users.
 */
final class BaseSystem {

    /** Put there by packages, the same on every machine that has them. */
    private static final List<String> COPIED =
            List.of("alternatives", "ld.so.cache", "services", "protocols", "mime.types", "java-*-openjdk", "python3*");
    /** What programs need to reach a network by name. */
    private static final List<String> COPIED_FOR_NETWORK = List.of("resolv.conf", "ssl");

    private static final List<String> ROOT_LINKS = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    private static final CopyOption[] AS_IS = {LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES};

    private BaseSystem() {}

    /** Fills an empty folder with what the sandboxes' {@code /etc} is to hold. */
    static void fillEtc(Path etc, boolean network) throws IOException {
        Files.writeString(etc.resolve("passwd"), """
                root:x:0:0:root:/root:/bin/bash
                agon:x:1000:1000:agon:/tmp:/bin/bash
                nobody:x:65534:65534:nobody:/:/usr/sbin/nologin
                """);
        Files.writeString(etc.resolve("group"), "root:x:0:\nagon:x:1000:\nnogroup:x:65534:\n");
        Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost sandbox\n::1 localhost\n");
        Files.writeString(
                etc.resolve("nsswitch.conf"),
                "passwd: files\ngroup: files\nhosts: files" + (network ? " dns" : "")
                        + "\nservices: files\nprotocols: files\n");
        List<String> wanted = new ArrayList<>(COPIED);
        if (network) {
            wanted.addAll(COPIED_FOR_NETWORK);
        }
        for (String pattern : wanted) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/etc"), pattern)) {
                for (Path source : found) {
                    copy(source, etc.resolve(source.getFileName()));
                }
            }
        }
        if (network && Files.isSymbolicLink(etc.resolve("resolv.conf"))) {
            // Often a link into /run, which sandboxes do not have.
            Files.copy(Path.of("/etc/resolv.conf"), etc.resolve("resolv.conf"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        // What is not for every user of the host, such as private keys and password files, is not for sandboxes either.
        boolean link = Files.isSymbolicLink(source);
        if (!link && ((int) Files.getAttribute(source, "unix:mode") & 4) == 0) {
            return;
        }
        Files.copy(source, target, AS_IS);
        if (!link && Files.isDirectory(source)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(source)) {
                for (Path entry : entries) {
                    copy(entry, target.resolve(entry.getFileName()));
                }
            }
        }
    }

    /** Arguments of bubblewrap that lay out the root folder's part of the system. */
    static List<String> mounts(Path etc) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--ro-bind", "/usr", "/usr", "--ro-bind", etc.toString(), "/etc"));
        for (String name : ROOT_LINKS) {
            Path path = Path.of("/", name);
            if (Files.isSymbolicLink(path)) {
                arguments.addAll(
                        List.of("--symlink", Files.readSymbolicLink(path).toString(), path.toString()));
            } else if (Files.isDirectory(path)) {
                arguments.addAll(List.of("--ro-bind", path.toString(), path.toString()));
            }
        }
        return arguments;
    }
}
