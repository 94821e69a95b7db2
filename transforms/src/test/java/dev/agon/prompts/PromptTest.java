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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        Map<String, Object> values = new HashMap<>();
        values.put("fence", fence);
        values.put("statement", "Mend it.");
        values.put("candidates", candidates);
        values.put("evidence", null);
        String text = Prompt.shipped(Prompt.JUDGE).render(values);
        assertThat(text).doesNotContain("evidence");
        values.put("evidence", List.of("- Ended: submitted", "- Ended: stopped"));
        assertThat(Prompt.shipped(Prompt.JUDGE).render(values))
                .contains("</attempt fence=\"%s\">\n\n<evidence number=\"1\" fence=\"%1$s\">\n".formatted(fence))
                .contains("\n- Ended: stopped\n</evidence fence=\"%s\">\n\nWhich attempt".formatted(fence));
        assertThat(text)
                .contains("<attempt number=\"1\" fence=\"%s\">\nfirst {{ text }}\n</attempt fence=\"%1$s\">"
                        .formatted(fence))
                .contains("<attempt number=\"2\" fence=\"%s\">\nsecond\n</attempt fence=\"%1$s\">".formatted(fence));
    }

    @ParameterizedTest
    @EnumSource
    void aShippedPromptCanStandInItsOwnPlace(Prompt prompt, @TempDir Path folder) throws IOException {
        String source = Prompt.shipped(prompt).source();
        Path file = Files.writeString(folder.resolve("own.jinja"), source);
        Prompts own = Prompts.SHIPPED.with(prompt, file);
        assertThat(own.get(prompt).source()).isEqualTo(source).isNotBlank();
        assertThat(own.texts()).isEqualTo(Prompts.SHIPPED.texts()).hasSize(Prompt.values().length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "{{ candidates }}\\n{{ statment }} § , line 2: undefined variable `statment`; defined are: candidates, evidence, fence, statement",
                "{{ candidates }}{% if candidates|length > 90 %}{{ typo }}{% endif %} § , line 1: undefined variable `typo`",
                "{% for each in candidate %}{{ each }}{% endfor %} § , line 1: undefined variable `candidate`",
                "{{ candidates }}{% set x = typo %} § , line 1: undefined variable `typo`",
                "{% macro m(a) %}{{ a }}{{ typo }}{% endmacro %}{{ candidates }} § , line 1: undefined variable `typo`",
                "{{ candidates }}{% if fence == 'x' %}{{ fence|shout }}{% endif %} § , line 1: filter `shout` is unknown",
                "{{ candidates }}{{ fence.typo }} § , line 1: ",
                "{{ candidates|length }} attempts; choose. § never shows `candidates` (a list: the text of each candidate",
                "{{ candidates[0] }} § never shows `candidates`",
                "{{ candidates }}{% if § , line 1: ",
            })
    void aPromptThatCannotDoItsWorkIsRefused(String source, String message, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("judge.jinja"), source.replace("\\n", "\n"));
        assertThatThrownBy(() -> Prompts.SHIPPED.with(Prompt.JUDGE, file))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("template " + file)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ candidates }}{{ typo is defined }}{{ typo|default('x') }}{% if None == none and true %}{% endif %}",
                "{% macro m(a, b='x') %}{{ a }}{{ b }}{% endmacro %}{% for c in candidates %}{{ m(c) }}{% endfor %}",
                "{% set all = candidates|join(', ') %}{% if all is string %}{{ all }}{% endif %}",
                "{% for c in candidates[:9] %}{{ loop.index }}. {{ c|indent(2, true) }}{% endfor %}{# typo #}",
                "{% raw %}{{ typo }}{% endraw %}{% for i in range(candidates|length) %}{{ candidates[i] }}{% endfor %}",
                "{% set ns = namespace(n=0) %}{% for c in candidates %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{{ c }}{% endfor %}",
            })
    void aTemplateMayHaveVariablesOfItsOwn(String source, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("judge.jinja"), source);
        assertThat(Prompts.SHIPPED.with(Prompt.JUDGE, file).get(Prompt.JUDGE).reads("candidates"))
                .isTrue();
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
