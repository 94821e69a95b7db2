package dev.agon.repair;

import java.util.Locale;
import java.util.Set;

/**
 * How much each file of a task matters: which to read, and how likely it holds the fault. It goes by the names of the files, the
 * statement and the visible check.
 *
 * @param statement the task's statement
 * @param check command of the visible check; empty when there is none
 */
record Concern(String statement, String check) {

    private static final Set<String> CODE = Set.of(
            "py", "sh", "bash", "awk", "sed", "sql", "js", "ts", "pl", "rb", "lua", "java", "c", "h", "go", "rs", "jq",
            "mk", "bats");
    private static final Set<String> SETTINGS = Set.of(
            "json", "yaml", "yml", "toml", "ini", "cfg", "conf", "env", "properties", "xml", "cron", "service", "list");
    private static final Set<String> DATA = Set.of("csv", "tsv", "txt", "log", "jsonl", "dat", "expected", "out");
    private static final Set<String> PROSE = Set.of("md", "rst", "adoc", "html");

    boolean readable(String path) {
        return known(path) || !name(path).contains(".");
    }

    /** Files with a higher number are read first. Checks are read for what they mention. Prose and data come last. */
    double readingOrder(String path) {
        return likelihood(path) + (isCheck(path) ? 0.6 : 0);
    }

    /** How likely the file holds the fault, from 0 (must not be edited) to 1. */
    double likelihood(String path) {
        if (isCheck(path)) {
            return 0;
        }
        double mentioned = statement.contains(path) || statement.contains(name(path)) ? 1 : 0.5;
        String extension = extension(path);
        if (CODE.contains(extension) || extension.isEmpty()) {
            return mentioned;
        }
        if (SETTINGS.contains(extension)) {
            return mentioned == 1 ? 1 : 0.3;
        }
        return DATA.contains(extension) ? 0.05 * mentioned : 0;
    }

    /** Whether the file's lines are keys and values. */
    boolean isSettings(String path) {
        return SETTINGS.contains(extension(path)) || extension(path).isEmpty();
    }

    static boolean isPython(String path) {
        return extension(path).equals("py");
    }

    /** A file is a check when its name looks like one, or when the command of the check names it and the statement does not. */
    boolean isCheck(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        String file = name(lower);
        return file.startsWith("test_")
                || file.startsWith("check")
                || file.contains("_test.")
                || lower.startsWith("tests/")
                || lower.startsWith("test/")
                || lower.contains("/tests/")
                || (check.contains(name(path)) && !statement.contains(name(path)));
    }

    private static boolean known(String path) {
        String extension = extension(path);
        return CODE.contains(extension)
                || SETTINGS.contains(extension)
                || DATA.contains(extension)
                || PROSE.contains(extension);
    }

    /** The file's name without folders and extension, as a module is called. */
    static String stem(String path) {
        return name(path).split("\\.")[0];
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String extension(String path) {
        String name = name(path);
        return name.contains(".") ? name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) : "";
    }
}
