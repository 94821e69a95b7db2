package dev.agon.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SourceTreeTest {

    private static final SourceTree TREE =
            new SourceTree(new TreeMap<>(Map.of("a.txt", "1\n2\n3\n", "b/c.txt", "x\n")));

    @Test
    void appliesTheDiffOfSeveralFiles() {
        String diff =
                "diff --git a/a.txt b/a.txt\nindex 1..2 100644\n--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,2 @@\n 1\n-2\n 3\n"
                        + "diff --git a/b/c.txt b/b/c.txt\n--- a/b/c.txt\n+++ b/b/c.txt\n@@ -1 +1,2 @@\n-x\n+y\n+z\n";
        assertThat(TREE.after(diff).orElseThrow().files())
                .containsExactly(Map.entry("a.txt", "1\n3\n"), Map.entry("b/c.txt", "y\nz\n"));
    }

    @Test
    void whatDoesNotFitIsNoStart() {
        assertThat(TREE.after("")).isEmpty();
        assertThat(TREE.after("--- a/new\n+++ b/new\n@@ -0,0 +1 @@\n+x\n")).isEmpty();
        assertThat(TREE.after("--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-7\n+8\n"))
                .isEmpty();
        assertThat(TREE.after("--- a/a.txt\n+++ b/a.txt\n@@ -99999999999 +1 @@\n-1\n+8\n"))
                .isEmpty();
    }
}
