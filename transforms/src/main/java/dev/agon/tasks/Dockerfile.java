package dev.agon.tasks;

import dev.agon.sandbox.Sandboxes;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides whether a sandbox can be what a Dockerfile describes. It can when the Dockerfile starts from a plain distribution, or from
 * one with this machine's Python, copies files into the working folder, sets variables, and installs packages that this machine has.
 * Any other instruction, such as running a command, makes it {@link ContainerEnvironment#beyond}. So does an option that is not
 * followed here.
 */
final class Dockerfile {

    private static final Set<String> WITHOUT_EFFECT =
            Set.of("CMD", "LABEL", "EXPOSE", "STOPSIGNAL", "MAINTAINER", "ARG");
    /** Packages for harnesses that type into a terminal or use a network. No task needs them here. */
    private static final Set<String> UNUSED_PACKAGES = Set.of("tmux", "asciinema", "ca-certificates");

    private static final Map<String, String> PROGRAMS =
            Map.of("build-essential", "gcc", "coreutils", "ls", "findutils", "find", "procps", "ps", "ripgrep", "rg");
    private static final Pattern HARMLESS = Pattern.compile(
            "(apt|apt-get) (update|clean|autoremove)( -\\S++)*+|rm -rf /var/lib/apt/lists/\\*?|set -\\w+");
    private static final Pattern INSTALL = Pattern.compile("(apt|apt-get)( -\\S++)*+ install .*");
    private static final Pattern MAKE_FOLDERS = Pattern.compile("mkdir( -p)?( /[\\w./-]++)++");

    private static final Set<String> IGNORE_FILES = Set.of(".dockerignore", "Dockerfile.dockerignore");

    private final List<TaskFile> context;
    private final HostSystem host;
    private final Map<String, TaskFile> copied = new TreeMap<>();
    private final Map<String, String> variables = new TreeMap<>();
    private final List<Path> made = new ArrayList<>();
    private Path workdir;
    private int bases;

    private Dockerfile(List<TaskFile> context, HostSystem host) {
        this.context = context;
        this.host = host;
    }

    /**
     * @param text the Dockerfile
     * @param workdir the working folder; null to take that of the Dockerfile
     * @param context the files that it can copy
     * @param host what sandboxes see of this machine
     */
    static ContainerEnvironment read(String text, String workdir, List<TaskFile> context, HostSystem host) {
        Dockerfile file = new Dockerfile(context, host);
        if (text.indexOf('\0') >= 0) {
            return ContainerEnvironment.beyond("has a Dockerfile with a NUL in it, which is no text");
        }
        for (DockerfileLine line : DockerfileLine.parse(text)) {
            Optional<String> obstacle = file.follow(line);
            if (obstacle.isPresent()) {
                return ContainerEnvironment.beyond("needs an image of its own, which cannot be built here: line "
                        + line.number() + " of its Dockerfile " + obstacle.get());
            }
        }
        return file.environment(workdir == null ? file.workdir : Path.of(workdir));
    }

    private Optional<String> follow(DockerfileLine line) {
        if (line.rest().contains("<<")) {
            return Optional.of("has a here-document");
        }
        switch (line.name()) {
            case "FROM" -> {
                return ++bases > 1 ? Optional.of("starts a second stage") : BaseImage.obstacle(line, host);
            }
            case "WORKDIR" -> {
                if (line.rest().contains("$")) {
                    return Optional.of("has a variable in WORKDIR");
                }
                workdir = absolute(String.join(" ", line.words()));
                return Optional.empty();
            }
            case "ENV" -> {
                return variables(line);
            }
            case "COPY", "ADD" -> {
                return copy(line);
            }
            case "RUN" -> {
                return run(line);
            }
            case "USER" -> {
                return line.rest().strip().matches("root|0(:0)?")
                        ? Optional.empty()
                        : Optional.of("sets the user `" + line.rest() + "`");
            }
            default -> {
                return WITHOUT_EFFECT.contains(line.name())
                        ? Optional.empty()
                        : Optional.of("has the instruction " + line.name());
            }
        }
    }

    private Optional<String> variables(DockerfileLine line) {
        if (line.rest().contains("$")) {
            return Optional.of("has a variable in ENV");
        }
        List<String> words = line.words();
        if (words.isEmpty()) {
            return Optional.of("has an empty ENV");
        }
        if (!words.get(0).contains("=")) {
            variables.put(words.get(0), String.join(" ", words.subList(1, words.size())));
            return Optional.empty();
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                return Optional.of("has an ENV that is no NAME=VALUE");
            }
            variables.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return Optional.empty();
    }

    private Optional<String> copy(DockerfileLine line) {
        List<String> words = line.words();
        // Who owns a file makes no difference: a sandbox has one user.
        Optional<String> option = line.options().stream()
                .filter(word -> !word.startsWith("--chown="))
                .findFirst();
        if (option.isPresent()) {
            return Optional.of("has " + line.name() + " with `" + option.get() + "`, which is not followed here");
        }
        if (line.rest().contains("$") || words.size() < 2) {
            return Optional.of("copies from elsewhere: `" + line.name() + " " + line.rest() + "`");
        }
        Optional<String> ignores = context.stream()
                .map(TaskFile::getPath)
                .filter(IGNORE_FILES::contains)
                .findFirst();
        if (ignores.isPresent()) {
            return Optional.of(
                    "copies files, of which " + ignores.get() + " leaves some out, which is not followed here");
        }
        String target = words.get(words.size() - 1);
        for (String source : words.subList(0, words.size() - 1)) {
            String from = Path.of("/").resolve(source).normalize().toString().substring(1);
            boolean archive = line.name().equals("ADD") && source.matches(".*\\.(tar|tar\\.\\w+|tgz|tbz2|txz)");
            if (source.contains("://") || archive || source.matches(".*[*?\\[].*")) {
                return Optional.of("copies `" + source + "`, which is no plain path of its folder");
            }
            boolean found = false;
            for (TaskFile file : context) {
                boolean itself = file.getPath().equals(from);
                boolean below = from.isEmpty() || file.getPath().startsWith(from + "/");
                if (itself || below) {
                    String name = file.getPath().substring(from.isEmpty() || itself ? 0 : from.length() + 1);
                    Path to = absolute(target);
                    boolean intoFolder = below
                            || target.endsWith("/")
                            || words.size() > 2
                            || to.equals(workdir)
                            || target.equals(".");
                    Path place = intoFolder
                            ? to.resolve(itself ? Path.of(name).getFileName().toString() : name)
                            : to;
                    if (isFolder(place.normalize())) {
                        return Optional.of("copies the file `" + file.getPath() + "` over the folder " + place);
                    }
                    for (Path above = place.normalize().getParent(); above != null; above = above.getParent()) {
                        if (copied.containsKey(above.toString())) {
                            return Optional.of("copies `" + file.getPath() + "` below the file " + above);
                        }
                    }
                    copied.put(place.normalize().toString(), file);
                    found = true;
                }
            }
            if (!found) {
                return Optional.of("copies `" + source + "`, which is not among the files that an agent may see");
            }
        }
        return Optional.empty();
    }

    private boolean isFolder(Path place) {
        return workdir != null && workdir.startsWith(place)
                || Stream.concat(
                                made.stream(),
                                copied.keySet().stream()
                                        .map(file -> Path.of(file).getParent()))
                        .anyMatch(folder -> folder.startsWith(place));
    }

    private Optional<String> run(DockerfileLine line) {
        for (String part : line.rest().split("&&|;")) {
            String command = part.strip().replaceAll("\\s+", " ");
            String bare = command.replaceFirst("^DEBIAN_FRONTEND=\\w+ ", "");
            if (bare.isEmpty() || HARMLESS.matcher(bare).matches()) {
                continue;
            }
            if (INSTALL.matcher(bare).matches()) {
                Optional<String> missing = Arrays.stream(bare.split(" install ", 2)[1].split(" "))
                        .filter(word -> !word.startsWith("-"))
                        .map(word -> word.replaceFirst("[=:].*", ""))
                        .filter(name -> !UNUSED_PACKAGES.contains(name))
                        .filter(name -> !host.isPackage().test(name))
                        .filter(name -> !host.isProgram().test(PROGRAMS.getOrDefault(name, name)))
                        .findFirst();
                if (missing.isPresent()) {
                    return Optional.of("installs `" + missing.get() + "`, which this machine does not have");
                }
            } else if (MAKE_FOLDERS.matcher(bare).matches()) {
                for (String folder : bare.replaceFirst("mkdir( -p)? ", "").split(" ")) {
                    made.add(Path.of(folder).normalize());
                }
            } else {
                return Optional.of("runs `" + command + "`");
            }
        }
        return Optional.empty();
    }

    private ContainerEnvironment environment(Path home) {
        if (home == null) {
            return ContainerEnvironment.beyond(
                    "has a Dockerfile without a WORKDIR, so that nothing says where a sandbox may be written");
        }
        Optional<String> refused = Sandboxes.refusal(home.toString());
        if (refused.isPresent()) {
            return ContainerEnvironment.beyond(
                    "cannot have its files where its Dockerfile puts them: " + refused.get());
        }
        for (Path folder : made) {
            boolean inside = folder.startsWith(home);
            boolean filled =
                    copied.keySet().stream().anyMatch(file -> Path.of(file).startsWith(folder));
            if (!home.startsWith(folder) && !(inside && filled)) {
                return ContainerEnvironment.beyond("needs the " + (inside ? "empty folder " : "folder ") + folder
                        + (inside ? ", and only files are laid out" : ", outside of its working folder " + home));
            }
        }
        List<TaskFile> files = new ArrayList<>();
        for (Map.Entry<String, TaskFile> entry : copied.entrySet()) {
            Path place = Path.of(entry.getKey());
            if (!place.startsWith(home) || place.equals(home)) {
                return ContainerEnvironment.beyond("has the file " + place + ", outside of its working folder " + home);
            }
            files.add(TaskFile.newBuilder(entry.getValue())
                    .setPath(home.relativize(place).toString())
                    .build());
        }
        List<Variable> all = new ArrayList<>();
        variables.forEach((name, value) -> all.add(new Variable(name, value)));
        return new ContainerEnvironment(home.toString(), files, all, null);
    }

    private Path absolute(String path) {
        return (workdir == null ? Path.of("/") : workdir).resolve(path).normalize();
    }
}
