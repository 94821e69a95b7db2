package dev.agon.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private static final String NAMED = "def a(x):\n    return x < 1\n";
    private static final SourceTree TREE = new SourceTree(new TreeMap<>(Map.of(
            "shop/prices.py",
            NAMED,
            "shop/other.py",
            NAMED,
            "check.py",
            "from shop.prices import a\n",
            "README.md",
            "1 < 2\n")));

    @Test
    void checksAndProseAreNeverEdited() {
        assertThat(edits("").stream().map(Edit::path).distinct())
                .containsExactlyInAnyOrder("shop/prices.py", "shop/other.py");
    }

    @Test
    void filesThatTheCheckNamesComeFirst() {
        assertThat(weight(edits(""), "shop/prices.py", "x <= 1"))
                .isGreaterThan(weight(edits(""), "shop/other.py", "x <= 1"));
    }

    @Test
    void wordsOfTheStatementMakeEditsLikelier() {
        assertThat(weight(edits("the absolute value"), "shop/prices.py", "abs(x)"))
                .isGreaterThan(weight(edits("the value"), "shop/prices.py", "abs(x)"));
    }

    @Test
    void everyChangeStandsOnce() {
        assertThat(edits("").stream().map(edit -> TREE.with(edit))).doesNotHaveDuplicates();
    }

    private static List<Edit> edits(String statement) {
        return new Candidates(new Concern(statement, "python3 check.py"), TREE).of(TREE);
    }

    private static double weight(List<Edit> edits, String path, String part) {
        return edits.stream()
                .filter(edit -> edit.path().equals(path)
                        && edit.replacement().length() > 0
                        && edit.applyTo(NAMED).contains(part))
                .mapToDouble(Edit::weight)
                .max()
                .orElseThrow();
    }
}
