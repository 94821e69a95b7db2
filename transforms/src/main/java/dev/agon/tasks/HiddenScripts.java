package dev.agon.tasks;

import dev.agon.schemas.TaskFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds tests that install or fetch what they need while they run. In a sandbox, which has no network and a read-only system, they
 * would fail for every submission. Their reward of 0 would say nothing about the submission.
 */
final class HiddenScripts {

    private static final Pattern FETCH = Pattern.compile("(?m)(?:^|[;&|(]|\\b(?:then|do|else|sudo|if)\\b)[ \\t]*"
            + "(apt-get|apt|curl|wget|uvx|uv|pip3?|pipx|npm|npx|conda|git clone|python3? -m pip)\\b[^\\n]*");

    private HiddenScripts() {}

    /** Why the tests cannot run, as a clause whose subject is the task; empty when they can. */
    static Optional<String> obstacle(List<TaskFile> files) {
        for (TaskFile file : files) {
            if (file.getPath().endsWith(".sh")) {
                Matcher fetch = FETCH.matcher(StandardCharsets.UTF_8
                        .decode(file.getContent().duplicate())
                        .toString());
                if (fetch.find()) {
                    return Optional.of("has tests that fetch what they need while they run (" + file.getPath() + ": `"
                            + fetch.group(1) + "`), which sandboxes do not let them");
                }
            }
        }
        return Optional.empty();
    }
}
