package dev.agon.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs of the host that sandboxes are built with: where they are, or which package has them. */
final class Programs {

    private Programs() {}

    /** A program and the Debian package that has it. */
    record Needed(String name, String debianPackage) {}

    static final List<Needed> NAMESPACE =
            List.of(new Needed("bwrap", "bubblewrap"), new Needed("perl", "perl-base"), new Needed("bash", "bash"));

    static final List<Needed> HOST = List.of(new Needed("perl", "perl-base"), new Needed("bash", "bash"));

    /** Checks that all are there. Only the system's own folders count: a sandbox sees no others. */
    static void require(List<Needed> programs, Path root) throws SandboxUnavailableException {
        List<Needed> missing =
                programs.stream().filter(p -> find(p.name(), root) == null).toList();
        if (!missing.isEmpty()) {
            List<String> names = missing.stream().map(Needed::name).toList();
            List<String> packages = new ArrayList<>(
                    missing.stream().map(Needed::debianPackage).distinct().toList());
            throw new SandboxUnavailableException("sandboxes need " + String.join(", ", names)
                    + " in /usr/bin or /bin, and this machine has none; install with: apt-get install "
                    + String.join(" ", packages));
        }
    }

    /** Absolute path of a program that {@link #require} has found. */
    static String path(String name) {
        return find(name, Path.of("/")).toString();
    }

    private static Path find(String name, Path root) {
        return Stream.of("usr/bin", "bin")
                .map(folder -> root.resolve(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
