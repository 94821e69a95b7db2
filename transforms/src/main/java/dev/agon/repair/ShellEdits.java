package dev.agon.repair;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Edits for shell scripts: options, pipelines, quoting, variables, tests. */
final class ShellEdits {

    private static final Map<String, List<String>> OPTIONS = Map.ofEntries(
            Map.entry("sort", List.of("-n", "-r", "-u", "-rn", "-f", "-V")),
            Map.entry("grep", List.of("-v", "-i", "-x", "-w", "-F", "-E", "-c", "-o", "-q")),
            Map.entry("uniq", List.of("-c", "-d", "-u", "-i")),
            Map.entry("head", List.of("-n 1", "-n -1")),
            Map.entry("tail", List.of("-n +2", "-n 1")),
            Map.entry("tr", List.of("-d", "-s", "-c")),
            Map.entry("wc", List.of("-l", "-w", "-c")),
            Map.entry("cut", List.of("-s")),
            Map.entry("read", List.of("-r")),
            Map.entry("find", List.of("-type f")),
            Map.entry("xargs", List.of("-r", "-0", "-n 1")),
            Map.entry("cp", List.of("-r", "-p")),
            Map.entry("rm", List.of("-f", "-r")),
            Map.entry("mkdir", List.of("-p")),
            Map.entry("sed", List.of("-E", "-n", "-i")),
            Map.entry("awk", List.of("-F,")),
            Map.entry("echo", List.of("-n", "-e")),
            Map.entry("ls", List.of("-1", "-t", "-r")),
            Map.entry("date", List.of("-u")),
            Map.entry("join", List.of("-t,")),
            Map.entry("set", List.of("-e", "-u", "-o pipefail")));

    private static final List<String> FILTERS =
            List.of("sort", "sort -u", "sort -n", "uniq", "tail -n +2", "tr -d '\\r'");
    private static final Pattern COMMAND = Pattern.compile("(?<=^|[|;&($`\\s])([a-z]+)(?=\\s|$)", Pattern.MULTILINE);
    private static final Pattern OPTION =
            Pattern.compile("(?<=\\s)(-[A-Za-z]+|--[a-z-]+)(?=[\\s=]|$)", Pattern.MULTILINE);
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)\\}|([@*]))");
    private static final Pattern ASSIGNED =
            Pattern.compile("(?<![\\w$])([A-Za-z_]\\w*)=(?!=)|\\b(?:for|read(?: -r)?) ([A-Za-z_]\\w*)");
    private static final Pattern TEST = Pattern.compile("\\b(if|elif|while|until) (! )?");
    private static final Pattern NOT = Pattern.compile("(?<=\\[ |\\[\\[ |\\()! ?");
    private static final Pattern PIPE = Pattern.compile("(?<!\\|)\\|(?![|&])");
    private static final Pattern SUBSTITUTION =
            Pattern.compile("(?<=['\"; ])s([/|#,])(?:(?!\\1).)*\\1(?:(?!\\1).)*\\1(g?)");

    private final EditList edits;
    private final String text;

    ShellEdits(EditList edits) {
        this.edits = edits;
        this.text = edits.text();
    }

    void propose() {
        options();
        variables();
        tests();
        pipelines();
        Matcher substitution = SUBSTITUTION.matcher(text);
        while (substitution.find()) {
            edits.replace(
                    EditKind.OPTION,
                    substitution.start(2),
                    substitution.end(2),
                    substitution.group(2).isEmpty() ? "g" : "");
        }
    }

    private void options() {
        Matcher command = COMMAND.matcher(text);
        while (command.find()) {
            List<String> known = OPTIONS.getOrDefault(command.group(1), List.of());
            for (String option : known) {
                edits.replace(EditKind.OPTION, command.end(), command.end(), " " + option, 2.0 / (known.size() + 2));
            }
        }
        Matcher option = OPTION.matcher(text);
        while (option.find()) {
            String letters = option.group();
            edits.replace(EditKind.OPTION, option.start() - 1, option.end(), "", 0.5);
            for (int i = 1; i < letters.length() && letters.length() > 2 && !letters.startsWith("--"); i++) {
                edits.replace(EditKind.OPTION, option.start() + i, option.start() + i + 1, "", 0.5);
            }
        }
    }

    private void variables() {
        Set<String> names = new LinkedHashSet<>();
        Matcher assigned = ASSIGNED.matcher(text);
        while (assigned.find()) {
            names.add(assigned.group(1) != null ? assigned.group(1) : assigned.group(2));
        }
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            int group = variable.group(1) != null ? 1 : variable.group(2) != null ? 2 : 3;
            String name = variable.group(group);
            boolean before = variable.start() > 0 && text.charAt(variable.start() - 1) == '"';
            boolean after = variable.end() < text.length() && text.charAt(variable.end()) == '"';
            if (!before && !after) {
                edits.replace(EditKind.QUOTING, variable.start(), variable.end(), '"' + variable.group() + '"', 0.7);
            } else if (before && after) {
                edits.replace(EditKind.QUOTING, variable.start() - 1, variable.end() + 1, variable.group(), 0.3);
            }
            if (group == 3) {
                edits.replace(EditKind.QUOTING, variable.start(3), variable.end(3), name.equals("@") ? "*" : "@");
                edits.replace(EditKind.QUOTING, variable.start(), variable.end(), "\"$@\"");
            } else {
                for (String other : names) {
                    double scale = 1 / Math.max(1, names.size() / 3.0);
                    edits.replace(EditKind.NAME, variable.start(group), variable.end(group), other, scale);
                }
            }
        }
    }

    private void tests() {
        Matcher test = TEST.matcher(text);
        while (test.find()) {
            edits.replace(EditKind.NEGATED_CONDITION, test.end(1) + 1, test.end(), test.group(2) == null ? "! " : "");
        }
        Matcher not = NOT.matcher(text);
        while (not.find()) {
            edits.replace(EditKind.NEGATED_CONDITION, not.start(), not.end(), "");
        }
    }

    /** Removes a part of a shell pipeline, swaps two parts, or inserts a usual one. */
    private void pipelines() {
        int at = 0;
        for (String line : text.split("\n", -1)) {
            List<Integer> pipes =
                    PIPE.matcher(line).results().map(pipe -> pipe.start()).toList();
            for (int i = 0; i < pipes.size(); i++) {
                int start = at + pipes.get(i);
                int end = at + (i + 1 < pipes.size() ? pipes.get(i + 1) : endOfPart(line, pipes.get(i)));
                edits.replace(EditKind.DROPPED_OPERAND, start, end, "", 0.4);
                if (i + 1 < pipes.size()) {
                    int last = at + (i + 2 < pipes.size() ? pipes.get(i + 2) : endOfPart(line, pipes.get(i + 1)));
                    edits.swap(EditKind.SWAPPED_OPERANDS, start, end, end, last, 0.5);
                }
                for (String filter : FILTERS) {
                    edits.replace(EditKind.WRAPPED_IN_CALL, start, start, "| " + filter + " ", 2);
                }
            }
            at += line.length() + 1;
        }
    }

    private static int endOfPart(String line, int pipe) {
        int depth = 0;
        for (int i = pipe + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0 || (depth == 0 && (c == ';' || c == '&' || c == '\\'))) {
                return i;
            }
        }
        return line.length();
    }
}
