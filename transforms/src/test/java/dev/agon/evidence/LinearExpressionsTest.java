package dev.agon.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and outputs are as long and as odd as agents make them: no expression may take more than its share of work for that. */
class LinearExpressionsTest {

    private static final List<Class<?>> READERS = List.of(
            Action.class,
            CheckRun.class,
            Ending.class,
            FileWrites.class,
            LeakScan.class,
            RepeatedError.class,
            Sketch.class);
    private static final int CHARACTERS = 1_000;
    private static final int TIMES = 4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
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
                "not "
            })
    void workGrowsAsTheText(String unit) throws IllegalAccessException {
        for (Pattern pattern : patterns()) {
            for (String start : List.of("", "cp ", "git show ", "Tests: ", "1 passing\n", "make\n*** ")) {
                long less = work(pattern, start + repeated(unit, CHARACTERS));
                long more = work(pattern, start + repeated(unit, CHARACTERS * TIMES));
                assertThat(more)
                        .as("characters that %s reads of %s and many of %s", pattern, start, unit)
                        .isLessThan((TIMES + 1) * less + CHARACTERS);
            }
        }
    }

    @Test
    void noRepetitionIsTooDeep() {
        String commands = "cp " + "-a ".repeat(60_000) + "x /app/y\ngit show " + "--a ".repeat(60_000) + "origin/x";
        String output = "\n".repeat(40_000) + "Tests: " + "1 skipped, ".repeat(700) + "2 passed";
        Attempts attempt =
                Attempts.attempt().ran(commands, output).ran("\n".repeat(199_000) + "make", "\n".repeat(40_000));
        assertThat(LeakScan.of(attempt.rollout())).isEmpty();
        assertThat(Evidence.of(attempt.rollout()).text()).contains("Checks run: 2, of which 2 green; the last: build");
    }

    private static String repeated(String unit, int characters) {
        return unit.repeat(characters / unit.length());
    }

    private static long work(Pattern pattern, String text) {
        CountedText counted = new CountedText(text);
        Matcher matcher = pattern.matcher(counted);
        while (matcher.find()) {
            // all of the text
        }
        return counted.read;
    }

    /** All expressions of the classes, those in their lists of records included. */
    private static List<Pattern> patterns() throws IllegalAccessException {
        List<Pattern> patterns = new ArrayList<>();
        for (Class<?> reader : READERS) {
            for (Field field : reader.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    add(patterns, field.get(null));
                }
            }
        }
        assertThat(patterns).hasSizeGreaterThan(30);
        return patterns;
    }

    private static void add(List<Pattern> patterns, Object value) throws IllegalAccessException {
        if (value instanceof Pattern pattern) {
            patterns.add(pattern);
        } else if (value instanceof List<?> list) {
            for (Object each : list) {
                add(patterns, each);
            }
        } else if (value instanceof Record) {
            for (Field field : value.getClass().getDeclaredFields()) {
                if (field.getType() == Pattern.class) {
                    field.setAccessible(true);
                    patterns.add((Pattern) field.get(value));
                }
            }
        }
    }

    /** A text that counts the characters that are read of it. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private long read;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            read++;
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
