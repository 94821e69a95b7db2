package dev.agon.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One instruction of a Dockerfile, with its continued lines joined.
 *
 * @param number its first line, from 1
 * @param name in upper case, such as {@code COPY}
 * @param rest what follows the name
 */
record DockerfileLine(int number, String name, String rest) {

    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*+\"|'[^']*+'|[^\\s\"'])++");

    static List<DockerfileLine> parse(String text) {
        List<DockerfileLine> found = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        int number = 0;
        int first = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue; // comments and empty lines may also be inside of an instruction
            }
            first = joined.isEmpty() ? number : first;
            boolean continued = stripped.endsWith("\\");
            joined.append(continued ? stripped.substring(0, stripped.length() - 1) : stripped)
                    .append(' ');
            if (!continued) {
                found.add(of(first, joined.toString().strip()));
                joined.setLength(0);
            }
        }
        if (!joined.isEmpty()) {
            found.add(of(first, joined.toString().strip()));
        }
        return found;
    }

    private static DockerfileLine of(int number, String instruction) {
        String[] parts = instruction.split("\\s+", 2);
        return new DockerfileLine(number, parts[0].toUpperCase(Locale.ROOT), parts.length == 1 ? "" : parts[1]);
    }

    /** The options, which start with {@code --}. */
    List<String> options() {
        return split().stream().filter(word -> word.startsWith("--")).toList();
    }

    /** The words of the rest. A quoted text is one word. Options are left out. */
    List<String> words() {
        return split().stream()
                .filter(word -> !word.startsWith("--"))
                .map(word -> word.replaceAll("[\"']", ""))
                .toList();
    }

    private List<String> split() {
        List<String> words = new ArrayList<>();
        String bare = rest.strip();
        if (bare.startsWith("[") && bare.endsWith("]")) {
            bare = bare.substring(1, bare.length() - 1).replace(",", " ");
        }
        Matcher word = WORD.matcher(bare);
        while (word.find()) {
            words.add(word.group());
        }
        return words;
    }
}
