package dev.agon.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.reflect.ClassPath;
import com.google.common.reflect.ClassPath.ClassInfo;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Commands, outputs and files are as long and as odd as agents and others make them: no expression of any class may take more than its
 * share of work for that, and none may go deeper into the stack.
 */
class LinearExpressionsTest {

    private static final int CHARACTERS = 800;
    private static final int TIMES = 4;
    private static final int DEEP = 6_000;
    /** How often an expression may read each character of a short text. */
    private static final long MOST_READS = 150;

    private static final int SMALL_STACK = 256 << 10;
    private static final int LITERALS = 3;

    /** They match a whole name of a file or blob, or a whole command of a task: they begin at one place only. */
    private static final Set<String> WHOLE = Set.of(
            "dev.agon.grading.CheckCommand.BASH",
            "dev.agon.grading.CheckCommand.PYTHON",
            "dev.agon.grading.Grader.LOADED_UNASKED",
            "dev.agon.journal.JournalKey.NAME",
            "dev.agon.journal.Ledger.SUM",
            "dev.agon.runtime.ProgressTotal.BLOB",
            "dev.agon.trajectory.TrialName.TRIAL");

    private static final List<String> UNITS = List.of(
            "\n",
            "'",
            "\"",
            "\\",
            "{\"",
            "```bash\n",
            "```mswea_bash_command\n",
            "```diff\n",
            "<vote>1",
            "=== Step 1: agent\n",
            "a=1\n",
            "1e9",
            " ",
            "\t ",
            "a",
            "A",
            "1",
            "1.",
            "-a ",
            "-",
            "(",
            ";",
            ";\n",
            "*** ",
            "cp ",
            "cp -a ",
            "cp -cp ",
            "mv -a\t",
            "sed -n ",
            "sed -i ",
            "tee ",
            "tee -a ",
            "> ",
            ">",
            "<<",
            "<< '",
            "open(",
            "open('a' ,",
            "git ",
            ";git -C ",
            "\ngit show --a ",
            "git log ",
            "&git -C a ",
            "sudo ",
            "xargs ",
            "timeout 1 ",
            "|cat -a ",
            "gh ",
            "https://",
            "https://github.com/",
            "https://github.com/a/",
            "/tests ",
            "/solution",
            "1 passed ",
            "1 passing\n",
            "1 pending\n",
            "Tests: ",
            "1 skipped, ",
            "Ran 1 test in 1s\n",
            "ok a ",
            "ok\n",
            "in 1",
            "in 1s 1 passed",
            "make ",
            "\nmake",
            "test",
            "/test_",
            "Error ",
            "success",
            "all a ",
            "<returncode>",
            "exit code: ",
            "not ");

    @Test
    void workGrowsAsTheText() throws Exception {
        Map<String, Pattern> patterns = patterns();
        assertThat(patterns).hasSizeGreaterThan(100);
        Set<String> faults = new LinkedHashSet<>();
        Thread shallow = new Thread(
                null, () -> patterns.forEach((name, pattern) -> test(name, pattern, faults)), "shallow", SMALL_STACK);
        shallow.start();
        shallow.join();
        assertThat(faults).isEmpty();
    }

    private static void test(String name, Pattern pattern, Set<String> faults) {
        List<String> own = literals(pattern);
        List<String> units = new ArrayList<>(UNITS);
        own.forEach(literal -> units.addAll(List.of(literal, literal + " ", literal + "\n", literal + "a")));
        for (String unit : units) {
            boolean general = unit.length() > 2 && own.stream().noneMatch(unit::startsWith);
            List<String> starts = general ? List.of() : own;
            for (String start : Stream.concat(Stream.of(""), starts.stream()).toList()) {
                try {
                    long less = work(pattern, start + repeated(unit, CHARACTERS), CHARACTERS * MOST_READS);
                    work(pattern, start + repeated(unit, CHARACTERS * TIMES), (TIMES + 1) * less + CHARACTERS);
                    work(pattern, start + repeated(unit, DEEP), Long.MAX_VALUE);
                } catch (TooMuchWork e) {
                    faults.add(name + ": " + pattern + " reads too often `" + start + "` and many `" + unit + "`");
                    return;
                } catch (StackOverflowError e) {
                    faults.add(name + ": " + pattern + " goes deep into `" + start + "` and many `" + unit + "`");
                    return;
                }
            }
        }
    }

    /** Texts that the expression itself has, so that repetitions of them come far in it. */
    private static List<String> literals(Pattern pattern) {
        String plain = pattern.pattern()
                .replaceAll("\\\\[nrt]", "\n")
                .replaceAll("\\\\[sS]", " ")
                .replaceAll("\\\\[wd]", "1")
                .replaceAll("\\\\[bBRQEzZA]|\\(\\?[a-z!=<:>]*|\\{\\d+,?\\d*}|[+*?]", "")
                .replaceAll("\\[\\^?\\\\?(.)[^\\]]*]", "$1")
                .replaceAll("\\\\(.)", "$1");
        Set<String> literals = new LinkedHashSet<>();
        for (String literal : plain.split("[|()$^]+")) {
            if (!literal.isEmpty() && literals.size() < LITERALS) {
                literals.add(literal);
            }
        }
        return List.copyOf(literals);
    }

    @Test
    void noRepetitionIsTooDeep() {
        String commands = "cp " + "-a ".repeat(60_000) + "x /app/y\ngit show " + "--a ".repeat(60_000) + "origin/x";
        String output = "\n".repeat(40_000) + "Tests: " + "1 skipped, ".repeat(700) + "2 passed";
        Attempts attempt =
                Attempts.attempt().ran(commands, output).ran("\n".repeat(199_000) + "make", "\n".repeat(40_000));
        assertThat(LeakScan.of(attempt.rollout())).isEmpty();
        assertThat(Evidence.of(attempt.rollout())).contains("Checks run: 2, of which 2 green; the last: build");
    }

    private static String repeated(String unit, int characters) {
        return unit.repeat(characters / unit.length());
    }

    private static long work(Pattern pattern, String text, long most) {
        CountedText counted = new CountedText(text, most);
        Matcher matcher = pattern.matcher(counted);
        while (matcher.find()) {
            // all of the text
        }
        return counted.read;
    }

    /** All expressions that classes keep, those in their collections and records included, by class and field. */
    private static Map<String, Pattern> patterns() throws Exception {
        Map<String, Pattern> patterns = new TreeMap<>();
        for (ClassInfo info :
                ClassPath.from(LinearExpressionsTest.class.getClassLoader()).getTopLevelClassesRecursive("dev.agon")) {
            if (!info.url().getPath().contains("/test-classes/")
                    && !info.getName().startsWith("dev.agon.schemas.")) {
                add(patterns, info.load());
            }
        }
        patterns.keySet().removeAll(WHOLE);
        return patterns;
    }

    private static void add(Map<String, Pattern> patterns, Class<?> type) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                add(patterns, type.getName() + "." + field.getName(), field.get(null));
            }
        }
        for (Class<?> inner : type.getDeclaredClasses()) {
            add(patterns, inner);
        }
    }

    private static void add(Map<String, Pattern> patterns, String name, Object value) throws IllegalAccessException {
        if (value instanceof Pattern pattern) {
            patterns.put(name, pattern);
        } else if (value instanceof Map<?, ?> map) {
            add(patterns, name, map.values());
        } else if (value instanceof Collection<?> all) {
            int number = 0;
            for (Object each : all) {
                add(patterns, name + "[" + number++ + "]", each);
            }
        } else if (value instanceof Record && value.getClass().getName().startsWith("dev.agon.")) {
            for (Field field : value.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    add(patterns, name + "." + field.getName(), field.get(value));
                }
            }
        }
    }

    private static final class TooMuchWork extends RuntimeException {}

    /** A text that counts the characters that are read of it. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private final long most;
        private long read;

        CountedText(String text, long most) {
            this.text = text;
            this.most = most;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++read > most) {
                throw new TooMuchWork();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
