package dev.agon.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * @param text the last written text, where the command has it; else empty
     */
    record Written(int times, int lastStep, String text) {}

    private static final int MOST_CHARACTERS_OF_A_LINE = 4_000;
    private static final Pattern MAY_WRITE = Pattern.compile("[<>]|\\b(?:tee|sed|perl|cp|mv|open)\\b");
    private static final String PATH = "([\\w./~+@%,{}$:-]{1,200})";
    private static final Pattern HERE = Pattern.compile("<<-?\\s*(?:'([\\w.-]+)'|\"([\\w.-]+)\"|\\\\?([\\w.-]+))");
    private static final Pattern REDIRECT = Pattern.compile("(?<![0-9&<>=-])(?:1)?>>?\\s*[\"']?" + PATH);
    private static final Pattern TEE = Pattern.compile("\\btee\\s+(?:-a\\s+|--append\\s+)?[\"']?" + PATH);
    private static final Pattern IN_PLACE = Pattern.compile("\\b(?:sed|perl)\\s+(?:-\\w+\\s+){0,4}-\\w*i");
    private static final Pattern NEXT_COMMAND = Pattern.compile("\\s(?:&&|\\|\\|)\\s|;\\s|\\s\\|\\s");
    private static final Pattern COPY = Pattern.compile("\\b(?:cp|mv)\\s+(?:-\\w+\\s+)*[^\\s;|&]+\\s+[\"']?" + PATH);
    private static final Pattern OPEN = Pattern.compile("open\\(\\s*[rf]?[\"']" + PATH + "[\"']\\s*,\\s*[\"'][wax]");
    private static final Pattern EDITOR =
            Pattern.compile("edit|write|create|replace|insert|patch", Pattern.CASE_INSENSITIVE);
    private static final Pattern EDITED =
            Pattern.compile("\"(?:file_?path|path|file(?:name)?)\"\\s*:\\s*\"([^\"]{1,200})\"");

    static FileWrites of(List<Action> actions) {
        Map<String, Written> files = new LinkedHashMap<>();
        for (Action action : actions) {
            of(action)
                    .forEach((path, text) -> files.merge(
                            path,
                            new Written(1, action.step(), text),
                            (before, now) -> new Written(
                                    before.times() + 1,
                                    now.lastStep(),
                                    now.text().isEmpty() ? before.text() : now.text())));
        }
        return new FileWrites(files);
    }

    /** Paths that one action writes, with the text where the action has it. */
    static Map<String, String> of(Action action) {
        Map<String, String> written = new LinkedHashMap<>();
        if (!action.tool().equals("bash") && action.text().startsWith("{")) {
            Matcher edited = EDITED.matcher(action.text());
            boolean editor = EDITOR.matcher(action.tool() + " " + action.text()).find();
            if (editor && edited.find()) {
                written.put(edited.group(1), action.text());
            }
            return written;
        }
        String[] lines = action.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].length() <= MOST_CHARACTERS_OF_A_LINE
                    ? lines[i]
                    : lines[i].substring(0, MOST_CHARACTERS_OF_A_LINE);
            if (!MAY_WRITE.matcher(line).find()) {
                continue;
            }
            Matcher here = HERE.matcher(line);
            String body = "";
            if (here.find() && !line.contains("<<<")) {
                List<String> inside = new ArrayList<>();
                String mark =
                        here.group(1) != null ? here.group(1) : here.group(2) != null ? here.group(2) : here.group(3);
                int end = i + 1;
                while (end < lines.length && !lines[end].strip().equals(mark)) {
                    inside.add(lines[end++]);
                }
                body = String.join("\n", inside);
                i = end;
                for (Matcher open = OPEN.matcher(body); open.find(); ) {
                    put(written, open.group(1), "");
                }
            }
            for (Pattern pattern : List.of(REDIRECT, TEE)) {
                for (Matcher matcher = pattern.matcher(line); matcher.find(); ) {
                    put(written, matcher.group(1), body);
                }
            }
            for (Pattern pattern : List.of(COPY, OPEN)) {
                for (Matcher matcher = pattern.matcher(line); matcher.find(); ) {
                    put(written, matcher.group(1), "");
                }
            }
            Matcher inPlace = IN_PLACE.matcher(line);
            if (inPlace.find()) {
                String[] words = NEXT_COMMAND.split(line.substring(inPlace.start()), 2)[0].split("[\\s\"']+");
                put(written, words[words.length - 1], "");
            }
        }
        return written;
    }

    private static void put(Map<String, String> written, String path, String text) {
        if (!path.startsWith("/dev/") && !path.matches("[&\\d.-]+") && path.matches(".*[A-Za-z].*")) {
            written.merge(path, text, (before, now) -> now.isEmpty() ? before : now);
        }
    }

    /** The last step that wrote a file; 0 without one. */
    int lastStep() {
        return files.values().stream().mapToInt(Written::lastStep).max().orElse(0);
    }

    /** The last written text of every file. */
    String text() {
        StringBuilder text = new StringBuilder();
        files.values().forEach(file -> text.append(file.text()).append('\n'));
        return text.toString();
    }
}
