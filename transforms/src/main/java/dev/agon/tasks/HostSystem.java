package dev.agon.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What sandboxes see of this machine, as far as a Dockerfile can ask for it.
 *
 * @param isProgram whether there is a program of that name
 * @param isPackage whether a Debian package of that name is installed
 * @param python version of the Python in {@code /usr/local/bin}, where Docker's images of Python have it, such as {@code 3.13}; null
 *     when there is none
 * @param platform such as {@code linux/amd64}
 */
record HostSystem(Predicate<String> isProgram, Predicate<String> isPackage, String python, String platform) {

    private static final Path STATUS = Path.of("/var/lib/dpkg/status");
    private static final String PREFIX = "python";

    static HostSystem ofThisMachine() {
        return new HostSystem(
                name -> Files.isExecutable(Path.of("/usr/bin", name)),
                Packages.INSTALLED::contains,
                python(Path.of("/usr/local/bin/python3")),
                "linux/" + System.getProperty("os.arch").replace("aarch64", "arm64"));
    }

    /** The version that a link to an interpreter names. */
    static String python(Path link) {
        try {
            String name = link.toRealPath().getFileName().toString();
            return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : null;
        } catch (IOException e) {
            return null; // there is none
        }
    }

    /** The installed packages of a list in dpkg's format; none where there is no such list. */
    static Set<String> packages(Path status) {
        Set<String> installed = new HashSet<>();
        String name = null;
        try {
            for (String line : Files.exists(status) ? Files.readAllLines(status) : Set.<String>of()) {
                if (line.startsWith("Package: ")) {
                    name = line.substring("Package: ".length());
                } else if (line.startsWith("Status: ") && line.endsWith(" ok installed")) {
                    installed.add(name);
                }
            }
        } catch (IOException e) {
            return Set.of(); // the programs decide alone
        }
        return installed;
    }

    /** Read when the first Dockerfile asks for a package. */
    private static final class Packages {
        static final Set<String> INSTALLED = packages(STATUS);
    }
}
