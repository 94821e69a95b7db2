package dev.agon.tasks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The image that a Dockerfile starts from: a plain distribution, or one with a Python that this machine has in the same place. */
final class BaseImage {

    /** Plain distributions, by the names of Docker's library and of Terminal-Bench's images. */
    private static final Pattern PLAIN_BASE =
            Pattern.compile("(docker\\.io/)?(library/)?(debian|ubuntu|buildpack-deps)(:[\\w.-]+)?"
                    + "|ghcr\\.io/laude-institute/t-bench/(ubuntu|deb)-[\\w.-]+(:[\\w.-]+)?");
    /** The same with a Python of their own. The groups are its version. */
    private static final Pattern PYTHON_BASE =
            Pattern.compile("(?:docker\\.io/)?(?:library/)?python(?::(\\d+\\.\\d+)?[\\w.-]*)?"
                    + "|ghcr\\.io/laude-institute/t-bench/python-(\\d+-\\d+)(?:-[\\w.-]*)?(?::[\\w.-]+)?");

    private BaseImage() {}

    /** Why no sandbox is like the image of a line {@code FROM}, as a clause whose subject is the line; empty when one is. */
    static Optional<String> obstacle(DockerfileLine line, HostSystem host) {
        for (String option : line.options()) {
            if (!option.equals("--platform=" + host.platform())) {
                return Optional.of("starts from `" + option + "`, which this machine is not");
            }
        }
        String image = line.words().isEmpty() ? "" : line.words().get(0);
        Matcher python = PYTHON_BASE.matcher(image);
        if (!python.matches()) {
            return PLAIN_BASE.matcher(image).matches()
                    ? Optional.empty()
                    : Optional.of("starts from `" + image + "`, which is no plain system");
        }
        String version = python.group(1) != null ? python.group(1) : python.group(2);
        return version != null && version.replace('-', '.').equals(host.python())
                ? Optional.empty()
                : Optional.of("starts from `" + image + "`, whose Python in /usr/local/bin is not this machine's ("
                        + (host.python() == null ? "none is there" : host.python()) + ")");
    }
}
