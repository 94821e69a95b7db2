package dev.agon.pipelines.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Agon this is, as the build wrote it down. */
public final class Version {

    private static final Properties BUILD = load();

    private Version() {}

    public static String agon() {
        return BUILD.getProperty("version");
    }

    /** Commit that was built; {@code unknown} where the sources were no git checkout. */
    public static String gitRevision() {
        return BUILD.getProperty("git_revision");
    }

    private static Properties load() {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
            build.load(in);
            return build;
        } catch (IOException e) {
            throw new UncheckedIOException("the build has left no build.properties", e);
        }
    }
}
