package dev.agon.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path folder;

    @Test
    void showsEveryFigureWithItsNumbers() throws IOException {
        SmallRun.in(folder).write();
        Files.writeString(folder.resolve("run.json"), "{\"name\": \"small\", \"seed\": 42, \"status\": \"done\"}");
        Path written = new Report(folder).write();
        assertThat(written).isEqualTo(folder.resolve("report.html"));
        String html = Files.readString(written);
        for (String figure : ReportSections.figures()) {
            if (!ReportSections.ONLY_WHERE_ASKED_FOR.contains(figure)) {
                assertThat(html).contains("<section id=\"" + figure + "\">");
            }
        }
        assertThat(html)
                .contains("<h1>small</h1>", "seed 42", "<span class=\"status done\">done</span>")
                .contains("<td class=\"n\">43.8 [7.6, 88.1]</td>", "<td class=\"n\">37.5 [8.3, 80.0]</td>")
                .contains("<td class=\"n\">3/3, 1 failed</td>")
                .doesNotContain("Nothing to show")
                .doesNotContain("{{", "{%", "null", "NaN", "Optional");
        assertThat(Pattern.compile("<svg ").matcher(html).results()).hasSize(10);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(".")))
                    .isEmpty();
        }
    }

    @Test
    void needsNoNetwork() throws IOException {
        SmallRun.in(folder).write();
        assertThat(Files.readString(new Report(folder).write()))
                .doesNotContain("http://", "https://", "<script", "src=", "@import", "url(");
    }

    @Test
    void textOfTheRunIsEscapedAndNeverRunAsATemplate() throws IOException {
        String hostile = "<script>alert('x')</script>{{ 7 * 7 }}{% raw %}&\"";
        new FixtureRun(folder)
                .task(hostile)
                .rollouts(hostile, 0, "PFX")
                .match(hostile, 0, "final", 0, 0, List.of(0, 1), 0, "votes", 0, 1)
                .select(hostile, 0, "final", 0)
                .failure("vote", hostile, hostile, hostile, hostile)
                .write();
        Files.writeString(folder.resolve("run.json"), "{\"name\": \"<img src=x onerror=alert(1)>{{ 7 * 7 }}\"}");
        String html = new Report(folder).render();
        assertThat(html)
                .doesNotContain("<script", "<img")
                .contains("&lt;img src=x onerror=alert(1)&gt;{{ 7 * 7 }}")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;{{ 7 * 7 }}{% raw %}&amp;&quot;")
                .doesNotContain("49</td>");
    }

    @Test
    void theReportOfARunThatHasOnlyBegunSaysWhatIsMissing() throws IOException {
        Files.createDirectories(folder.resolve("rollouts"));
        String html = new Report(folder).render();
        assertThat(Pattern.compile("Nothing to show in this run").matcher(html).results())
                .hasSize(ReportSections.figures().size() - ReportSections.ONLY_WHERE_ASKED_FOR.size());
        assertThat(html).doesNotContain("<svg ");
    }

    @Test
    void oneIterationWithoutGradesOrVotes() throws IOException {
        new FixtureRun(folder).rollouts("a", 0, "UU").write();
        assertThat(new Report(folder).render())
                .contains("not graded", "2 ungraded")
                .doesNotContain("NaN", "null");
    }

    @Test
    void aDamagedRunLeavesTheOldReport() throws IOException {
        SmallRun.in(folder).write();
        Path report = new Report(folder).write();
        String before = Files.readString(report);
        Files.writeString(folder.resolve("grades/part-0.parquet"), "damaged");
        assertThatThrownBy(() -> new Report(folder).write()).isInstanceOf(RunFolderException.class);
        assertThat(report).hasContent(before);
    }

    @Test
    void aRunJsonThatIsNotJsonIsNamed() throws IOException {
        SmallRun.in(folder).write();
        Files.writeString(folder.resolve("run.json"), "{\"name\": ");
        assertThatThrownBy(() -> new Report(folder).write())
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("run.json is not JSON");
    }
}
