package dev.agon.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonEditsTest {

    /** Quotes of CSV aside: kind, a line of a function, what becomes of it. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '@',
            delimiter = '~',
            value = {
                "BOOLEAN_OPERATOR ~ return a and b ~ return a or b",
                "DROPPED_OPERAND ~ return a and b ~ return b",
                "DROPPED_OPERAND ~ return a + b * 2 ~ return a",
                "DROPPED_OPERAND ~ return a if c else b ~ return b",
                "COMPARISON ~ return a < b ~ return a <= b",
                "COMPARISON ~ return a not  in b ~ return a in b",
                "ARITHMETIC ~ return a // b ~ return a / b",
                "SWAPPED_OPERANDS ~ return a - b ~ return b - a",
                "SWAPPED_ELEMENTS ~ return a, b ~ return b, a",
                "SWAPPED_ELEMENTS ~ x = [a, f(b), c] ~ x = [f(b), a, c]",
                "NUMBER ~ return a[0] + 1 ~ return a[0] + 2",
                "NUMBER ~ return 1.5 ~ return 0.5",
                "NEGATED_CONDITION ~ if a and b: return a ~ if not (a and b): return a",
                "NEGATED_CONDITION ~ while not a: pass ~ while a: pass",
                "NEGATED_CONDITION ~ return [x for x in a if b(x)] ~ return [x for x in a if not b(x)]",
                "DROPPED_CONDITION ~ return [x for x in a if b(x)] ~ return [x for x in a ]",
                "RANGE_BOUND ~ for i in range(a): pass ~ for i in range(a + 1): pass",
                "RANGE_SHAPE ~ for i in range(a): pass ~ for i in range(1, a): pass",
                "SIBLING_FUNCTION ~ return min(a) ~ return max(a)",
                "SIBLING_FUNCTION ~ return a.lower() ~ return a.upper()",
                "SIBLING_FUNCTION ~ return sorted(a) ~ return sorted(a, reverse=True)",
                "UNWRAPPED_CALL ~ return abs(a - b) ~ return a - b",
                "UNWRAPPED_CALL ~ return a.strip() ~ return a",
                "SWAPPED_ARGUMENTS ~ return f(a, b) ~ return f(b, a)",
                "DROPPED_ARGUMENT ~ return f(a, b) ~ return f(a)",
                "INDEX ~ return a[i] ~ return a[i + 1]",
                "INDEX ~ return a[1:] ~ return a[:1]",
                "INDEX ~ return a[:b] ~ return a[b:]",
                "SIGN ~ return -a ~ return a",
                "TRUTH_VALUE ~ return True ~ return False",
                "NAME ~ return a ~ return b",
                "STRING ~ return 'x' + \"yy\" ~ return 'yy' + \"yy\"",
                "ASSIGNMENT ~ a += b ~ a -= b",
                "WRAPPED_IN_CALL ~ return a - b ~ return abs(a - b)",
                "ADDED_METHOD ~ return a ~ return a.lower()",
                "ADDED_SLICE ~ return a ~ return a[::-1]",
                "OFFSET ~ return len(a) ~ return len(a) - 1",
                "CONTROL ~ break ~ continue",
            })
    void proposesTheEdit(EditKind kind, String line, String expected) {
        String head = "def f(a, b, c, i):\n    ";
        assertThat(results(kind, head + line + "\n")).contains(head + expected + "\n");
    }

    @Test
    void movesCopiesAndDeletesStatements() {
        String text = "def f(a):\n    s = 0\n    for x in a:\n        s += x\n        return s\n";
        assertThat(results(EditKind.MOVED_STATEMENT, text))
                .contains("def f(a):\n    s = 0\n    for x in a:\n        s += x\n    return s\n")
                .contains("def f(a):\n    s = 0\n    for x in a:\n        return s\n        s += x\n");
        assertThat(results(EditKind.DELETED_STATEMENT, text))
                .contains("def f(a):\n    s = 0\n    for x in a:\n        s += x\n");
        assertThat(results(EditKind.COPIED_STATEMENT, text))
                .contains("def f(a):\n    s = 0\n    for x in a:\n        s += x\n        s = 0\n        return s\n");
    }

    @Test
    void swapsBranchesAndTakesConditionsOff() {
        String text = "def f(a):\n    if a:\n        return 1\n    else:\n        return 2\n";
        assertThat(results(EditKind.SWAPPED_BRANCHES, text))
                .containsExactly("def f(a):\n    if a:\n        return 2\n    else:\n        return 1\n");
        assertThat(results(EditKind.DROPPED_CONDITION, "def f(a):\n    if a:\n        b = 1\n    return b\n"))
                .containsExactly("def f(a):\n    b = 1\n    return b\n");
    }

    @Test
    void aLineThatCannotBeReadCostsOnlyItsOwnEdits() {
        String text = "def f(a):\n    print a < b\n    return a < 1\n";
        assertThat(results(EditKind.COMPARISON, text))
                .contains("def f(a):\n    print a < b\n    return a <= 1\n")
                .allMatch(result -> result.contains("print a < b"));
    }

    @Test
    void docstringsCommentsAndBracketsOverLinesAreNotTakenForCode() {
        String text = "def f(a):\n    \"\"\"Is a < 1.\"\"\"\n    # a < 2\n    return (a\n        < 3)\n";
        assertThat(results(EditKind.COMPARISON, text))
                .allMatch(result -> result.contains("Is a < 1.") && result.contains("# a < 2"))
                .contains("def f(a):\n    \"\"\"Is a < 1.\"\"\"\n    # a < 2\n    return (a\n        <= 3)\n");
    }

    @Test
    void functionsThatTheTaskSpeaksOfComeFirst() {
        String text = "def helper(a):\n    return a < 1\n\ndef solve(a):\n    return a < 2\n";
        List<Edit> edits =
                new PythonEdits().propose("s.py", text, Vocabulary.of("solve is wrong", new Concern("", ""), Map.of()));
        double helper = weight(edits, text, "helper(a):\n    return a <= 1");
        double solve = weight(edits, text, "solve(a):\n    return a <= 2");
        assertThat(helper).isLessThan(solve).isPositive();
    }

    /** Every part of such a chain is a value that has all that is before it, and may be wrapped in twenty ways. */
    @Test
    void theEditsOfLongValuesInLongValuesTakeBoundedMemory() {
        for (String line : List.of(
                "a = '" + "x".repeat(240_000) + "'" + " + a".repeat(900),
                "f(" + "g(".repeat(90) + "[" + "'1', ".repeat(40_000) + "]" + ")".repeat(91))) {
            List<Edit> edits =
                    new PythonEdits().propose("a.sh", line + "\n", Vocabulary.of("", new Concern("", ""), Map.of()));
            assertThat(edits).isNotEmpty();
            assertThat(edits.stream()
                            .mapToLong(edit -> edit.replacement().length())
                            .sum())
                    .isLessThan(65 << 20);
        }
    }

    /** Such lines get no edits of their expressions; other lines do. */
    @Test
    void noLineIsTooDeepForTheStack() {
        for (String line : List.of(
                "(".repeat(20_000) + "a" + ")".repeat(20_000),
                "not ".repeat(20_000) + "a",
                "a" + " ** a".repeat(20_000),
                "a" + " + a".repeat(20_000),
                "a" + ".b".repeat(20_000),
                "a" + "(b)".repeat(20_000),
                "lambda: ".repeat(20_000) + "a",
                "lambda:".repeat(900) + "a",
                "a" + " if a else a".repeat(20_000))) {
            String text = "def f(a):\n    x = " + line + "\n    return a < 1\n";
            assertThat(results(EditKind.COMPARISON, text)).isNotEmpty();
        }
    }

    @Test
    void aBlockWhoseLinesStandUnevenlyIsReadAllTheSame() {
        String text = "def f(a):\n    if a < 1:\n        b = 1\n      c = 2\n    return a\n";
        assertThat(results(EditKind.DROPPED_CONDITION, text))
                .contains("def f(a):\n    b = 1\n    c = 2\n    return a\n");
    }

    private static double weight(List<Edit> edits, String text, String part) {
        return edits.stream()
                .filter(edit -> edit.applyTo(text).contains(part))
                .mapToDouble(Edit::weight)
                .max()
                .orElseThrow();
    }

    private static List<String> results(EditKind kind, String text) {
        return new PythonEdits()
                .propose("s.py", text, Vocabulary.of("", new Concern("", ""), Map.of())).stream()
                        .filter(edit -> edit.kind() == kind)
                        .map(edit -> edit.applyTo(text))
                        .collect(Collectors.toList());
    }
}
