package dev.agon.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTest {

    @Test
    void taskPromptLeavesOutWhatThereIsNot() {
        Map<String, Object> values = new HashMap<>();
        values.put("statement", "Mend it.");
        values.put("workdir", "/w");
        values.put("visible_check", null);
        values.put("context", null);
        assertThat(Prompt.shipped(Prompt.TASK).render(values)).isEqualTo("Mend it.\n\nThe files to work on are in /w.");
    }

    @Test
    void judgePromptNumbersTheCandidates() {
        List<String> candidates = List.of("first {{ text }}", "second");
        String fence = Fence.around(candidates);
        String text = Prompt.shipped(Prompt.JUDGE)
                .render(Map.of("fence", fence, "statement", "Mend it.", "candidates", candidates));
        assertThat(text)
                .contains("<attempt number=\"1\" fence=\"%s\">\nfirst {{ text }}\n</attempt fence=\"%1$s\">"
                        .formatted(fence))
                .contains("<attempt number=\"2\" fence=\"%s\">\nsecond\n</attempt fence=\"%1$s\">".formatted(fence));
    }

    @Test
    void everyShippedPromptCompiles() {
        assertThat(List.of(
                        Prompt.TASK,
                        Prompt.CONTEXT,
                        Prompt.SUMMARIZE_SYSTEM,
                        Prompt.SUMMARIZE,
                        Prompt.SUMMARIZE_REPAIR,
                        Prompt.SUMMARY,
                        Prompt.JUDGE_SYSTEM,
                        Prompt.JUDGE))
                .allSatisfy(name -> assertThat(Prompt.shipped(name).source()).isNotBlank());
    }

    @Test
    void readsAUsersFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("judge.jinja"), "Choose: {{ candidates|length }}\n");
        assertThat(Template.compile(file.toString(), Prompt.text(file)).render(Map.of("candidates", List.of("a", "b"))))
                .isEqualTo("Choose: 2");
    }

    @Test
    void saysWhichFileIsMissingOrUnreadable(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("none.jinja");
        assertThatThrownBy(() -> Template.compile(missing.toString(), Prompt.text(missing)))
                .isInstanceOf(TemplateException.class)
                .hasMessage("there is no file " + missing + "; name one that exists");
        Path latin = Files.write(folder.resolve("latin.jinja"), new byte[] {'a', (byte) 0xE9});
        assertThatThrownBy(() -> Template.compile(latin.toString(), Prompt.text(latin)))
                .isInstanceOf(TemplateException.class)
                .hasMessage("the file " + latin + " is not UTF-8 text; store it as UTF-8");
    }

    @Test
    void fenceDependsOnEveryTextAndTheirBorders() {
        assertThat(Fence.around("a", "b")).matches("[0-9a-f]{12}").isEqualTo(Fence.around(List.of("a", "b")));
        assertThat(Fence.around("a", "b")).isNotEqualTo(Fence.around("ab")).isNotEqualTo(Fence.around("b", "a"));
    }
}
