package dev.agon.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a rollout wrote, found in its commands: redirections and here-documents, {@code tee}, {@code sed -i}, {@code cp},
 * {@code mv}, files that scripts in here-documents open for writing, and calls of editors. It reads commands and no disk, so it misses
 * files that programs write by themselves.
 *
 * @param files files by path, in the order in which they were first written
 */
record FileWrites(Map<String, Written> files) {

    /**
     * @param times how often the file was written
     * @param lastStep last step that wrote it
     */
    record Written(int times, int lastStep) {}

    private static final int MOST_CHARACTERS_OF_A_LINE = 4_000;
    private static final String PATH = "([\\w./~+@%,{}$:-]{1,200})";
    private static final Pattern HERE = Pattern.compile("<<-?\\s*+(?:'([\\w.-]+)'|\"([\\w.-]+)\"|\\\\?([\\w.-]+))");
    private static final Way REDIRECT = new Way(List.of(">"), "(?<![0-9&<>=-])(?:1)?>>?\\s*+[\"']?" + PATH);
    private static final Way TEE = new Way(List.of("tee"), "\\btee\\s++(?:-a\\s++|--append\\s++)?[\"']?" + PATH);
    /** No command has more options; each would be looked at again for each that may be the name of a command. */
    private static final Way COPY =
            new Way(List.of("cp", "mv"), "\\b(?:cp|mv)\\s++(?:-\\w++\\s++){0,16}[^\\s;|&]++\\s++[\"']?" + PATH);

    private static final Way OPEN =
            new Way(List.of("open("), "open\\(\\s*+[rf]?[\"']" + PATH + "[\"']\\s*+,\\s*+[\"'][wax]");
    private static final List<Way> WAYS = List.of(REDIRECT, TEE, COPY, OPEN);
    private static final Pattern IN_PLACE = Pattern.compile("\\b(?:sed|perl)\\s++(?:-\\w++\\s++){0,4}-\\w*i");
    private static final Pattern NEXT_COMMAND = Pattern.compile("\\s(?:&&|\\|\\|)\\s|;\\s|\\s\\|\\s");
    private static final Words WORDS = new Words(List.of("<<", ">", "tee", "sed", "perl", "cp", "mv", "open("));
    private static final Pattern EDITOR =
            Pattern.compile("edit|write|create|replace|insert|patch", Pattern.CASE_INSENSITIVE);
    private static final Pattern EDITED =
            Pattern.compile("\"(?:file_?path|path|file(?:name)?)\"\\s*:\\s*\"([^\"]{1,200})\"");

    /**
     * A way to write the file that the first group of its expression names.
     *
     * @param words one of which it needs
     */
    private record Way(List<String> words, Pattern pattern) {
        Way(List<String> words, String pattern) {
            this(words, Pattern.compile(pattern));
        }

        void add(Set<String> written, String text) {
            if (words.stream().anyMatch(text::contains)) {
                for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
                    put(written, matcher.group(1));
                }
            }
        }
    }

    static FileWrites of(List<Action> actions) {
        Map<String, Written> files = new LinkedHashMap<>();
        for (Action action : actions) {
            of(action)
                    .forEach(path -> files.merge(
                            path,
                            new Written(1, action.step()),
                            (before, now) -> new Written(before.times() + 1, now.lastStep())));
        }
        return new FileWrites(files);
    }

    /** Paths that one action writes. */
    static Set<String> of(Action action) {
        Set<String> written = new LinkedHashSet<>();
        if (!action.tool().equals("bash") && action.text().startsWith("{")) {
            Matcher edited = EDITED.matcher(action.text());
            boolean editor = EDITOR.matcher(action.tool() + " " + action.text()).find();
            if (editor && edited.find()) {
                written.add(edited.group(1));
            }
            return written;
        }
        if (!WORDS.in(action.text()).isEmpty()) {
            addWritten(written, action.text().split("\n", -1));
        }
        return written;
    }

    private static void addWritten(Set<String> written, String[] lines) {
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].length() <= MOST_CHARACTERS_OF_A_LINE
                    ? lines[i]
                    : lines[i].substring(0, MOST_CHARACTERS_OF_A_LINE);
            Matcher here = HERE.matcher(line);
            if (line.contains("<<") && !line.contains("<<<") && here.find()) {
                List<String> inside = new ArrayList<>();
                String mark =
                        here.group(1) != null ? here.group(1) : here.group(2) != null ? here.group(2) : here.group(3);
                int end = i + 1;
                while (end < lines.length && !lines[end].strip().equals(mark)) {
                    inside.add(lines[end++]);
                }
                i = end;
                OPEN.add(written, String.join("\n", inside));
            }
            for (Way way : WAYS) {
                way.add(written, line);
            }
            Matcher inPlace = IN_PLACE.matcher(line);
            if ((line.contains("sed") || line.contains("perl")) && inPlace.find()) {
                String[] words = NEXT_COMMAND.split(line.substring(inPlace.start()), 2)[0].split("[\\s\"']+");
                put(written, words[words.length - 1]);
            }
        }
    }

    private static void put(Set<String> written, String path) {
        if (!path.startsWith("/dev/") && path.chars().anyMatch(c -> c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')) {
            written.add(path);
        }
    }

    /** The last step that wrote a file; 0 without one. */
    int lastStep() {
        return files.values().stream().mapToInt(Written::lastStep).max().orElse(0);
    }
}
