package dev.agon.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands that list and read the files of a task, and the readers of their outputs. Files that do not fit into one observation
 * are not read, and there are at most {@link #MOST_READS} observations.
 */
final class Exploration {

    static final String LIST =
            "find . -type f -size -64k -not -path '*/.*' -printf '%s %P\\n' | sort -k 2 | head -n 200";

    /** Most steps for reading. Files that do not fit into them stay unread. */
    static final int MOST_READS = 3;

    /** Most bytes of one step, marks included. Observations are cut at 10,000 characters. */
    private static final int BYTES_PER_READ = 8_500;

    private static final int MARK_BYTES = 60;
    private static final Pattern LISTED = Pattern.compile("^(\\d{1,9}) (.+)$", Pattern.MULTILINE);
    private static final Pattern READ_COMMAND = Pattern.compile("^for file in (.+); do printf -- '--- begin");
    private static final Pattern QUOTED = Pattern.compile("'((?:[^']|'\\\\'')++)(?:'|\\z)");

    private Exploration() {}

    /** Sizes in bytes by path, as {@link #LIST} prints them. */
    static SortedMap<String, Integer> listed(String output) {
        SortedMap<String, Integer> sizes = new TreeMap<>();
        Matcher matcher = LISTED.matcher(output);
        while (matcher.find()) {
            sizes.put(matcher.group(2), Integer.valueOf(matcher.group(1)));
        }
        return sizes;
    }

    /** The files to read in each step, the most important first. */
    static List<List<String>> plan(SortedMap<String, Integer> sizes, Concern concern) {
        List<String> ranked = sizes.keySet().stream()
                .filter(path -> sizes.get(path) + MARK_BYTES <= BYTES_PER_READ && concern.readable(path))
                .sorted(Comparator.comparingDouble((String path) -> -concern.readingOrder(path)))
                .toList();
        List<List<String>> steps = new ArrayList<>();
        int room = 0;
        for (String path : ranked) {
            int cost = sizes.get(path) + MARK_BYTES + 2 * path.length();
            if (cost > room) {
                if (steps.size() == MOST_READS) {
                    break;
                }
                steps.add(new ArrayList<>());
                room = BYTES_PER_READ;
            }
            steps.get(steps.size() - 1).add(path);
            room -= cost;
        }
        return steps;
    }

    static String read(List<String> paths) {
        String names = paths.stream()
                .map(path -> "'" + path.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return "for file in " + names
                + "; do printf -- '--- begin %s\\n' \"$file\"; cat -- \"$file\"; printf '\\n--- end %s\\n' \"$file\"; done";
    }

    /** The paths that a command of {@link #read} reads; empty when it is another command. */
    static Optional<List<String>> pathsOf(String command) {
        Matcher matcher = READ_COMMAND.matcher(command);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        return Optional.of(QUOTED.matcher(matcher.group(1))
                .results()
                .map(name -> name.group(1).replace("'\\''", "'"))
                .toList());
    }

    /** Texts by path, as {@link #read} prints them. Binary files and cut files are left out. */
    static Map<String, String> texts(List<String> paths, String output) {
        Map<String, String> texts = new LinkedHashMap<>();
        int from = 0;
        for (String path : paths) {
            String begin = "--- begin " + path + "\n";
            int start = output.indexOf(begin, from);
            int end = start < 0 ? -1 : output.indexOf("\n--- end " + path + "\n", start + begin.length() - 1);
            if (end >= 0) {
                String text = output.substring(Math.min(start + begin.length(), end), end);
                if (text.indexOf('\0') < 0 && text.indexOf('\uFFFD') < 0) {
                    texts.put(path, text);
                }
                from = end;
            }
        }
        return texts;
    }
}
