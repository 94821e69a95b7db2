package dev.agon.pipelines.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this Agon, as the build recorded it. */
public final class Version {

    private static final Properties BUILD = load();

    private Version() {}

    public static String agon() {
        return BUILD.getProperty("version");
    }

    /** The commit that was built; {@code unknown} when the sources were not a git checkout. */
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
