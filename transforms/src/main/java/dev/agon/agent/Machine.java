package dev.agon.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code uname} says, under the names that mini-swe-agent's templates use. Sandboxes share the kernel of their host.
 *
 * @param system the operating system, {@code Linux}
 * @param release the kernel's release
 * @param version the kernel's build
 * @param machine the processor's architecture, {@code x86_64}
 */
public record Machine(String system, String release, String version, String machine) {

    private static final Machine CURRENT = read();

    /** The machine that this process runs on. */
    public static Machine current() {
        return CURRENT;
    }

    private static Machine read() {
        String architecture = System.getProperty("os.arch");
        return new Machine(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                kernelVersion(),
                architecture.equals("amd64") ? "x86_64" : architecture);
    }

    private static String kernelVersion() {
        Path version = Path.of("/proc/sys/kernel/version");
        if (!Files.exists(version)) {
            return System.getProperty("os.version");
        }
        try {
            return Files.readString(version).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + version, e);
        }
    }
}
