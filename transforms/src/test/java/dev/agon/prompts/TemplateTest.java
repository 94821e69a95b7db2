package dev.agon.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    static Stream<Arguments> whatJinja2Makes() throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (InputStream cases = TemplateTest.class.getResourceAsStream("jinja2-cases.json")) {
            JsonNode all = json.readTree(cases);
            return StreamSupport.stream(all.get("cases").spliterator(), false)
                    .map(each -> Arguments.of(
                            each.get("template").asText(),
                            json.convertValue(
                                    each.path("values").isMissingNode() ? all.get("values") : each.get("values"),
                                    new TypeReference<Map<String, Object>>() {}),
                            each.path("text").asText(null),
                            each.path("error").asText(null)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatJinja2Makes")
    void rendersAsJinja2DoesOrFails(String source, Map<String, Object> values, String text, String error) {
        if (error == null) {
            assertThat(Template.compile("case", source).render(values)).isEqualTo(text);
        } else {
            assertThatThrownBy(() -> Template.compile("case", source).render(values))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining("template case");
        }
    }

    static Stream<String> whatOverflowsAStack() {
        int many = 100_000;
        return Stream.of(
                "{{ " + "(".repeat(many) + "a" + ")".repeat(many) + " }}",
                "{{ " + "[".repeat(many) + " }}",
                "{{ " + "{'a': ".repeat(many) + " }}",
                "{{ " + "a[".repeat(many) + "0" + "]".repeat(many) + " }}",
                "{{ " + "not ".repeat(many) + "a }}",
                "{{ " + "-".repeat(many) + "a }}",
                "{{ a" + ".a".repeat(many) + " }}",
                "{{ a" + "|lower".repeat(many) + " }}",
                "{{ a" + " + a".repeat(many) + " }}",
                "{{ a" + " if a else a".repeat(many) + " }}",
                "{% if " + "(".repeat(many) + "a" + ")".repeat(many) + " %}a{% endif %}",
                "{% set a = " + "not ".repeat(many) + "a %}",
                "{% if a %}".repeat(many) + "a" + "{% endif %}".repeat(many),
                "{% for a in a %}".repeat(many));
    }

    @ParameterizedTest
    @MethodSource("whatOverflowsAStack")
    void whatIsTooDeepForTheStackIsRefusedWhenItIsCompiled(String deep) {
        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertThatThrownBy(() -> Template.compile("my.jinja", "a\n" + deep))
                        .isInstanceOf(TemplateException.class)
                        .hasMessageMatching("(?s)template my.jinja, line 2: .{1,200}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a {{}}", "a {%%} b", "a {{-}}", "a {%-%}"})
    void anEmptyTagIsRefusedWhenItIsCompiled(String empty) {
        assertThatThrownBy(() -> Template.compile("my.jinja", empty))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("template my.jinja");
    }

    static Stream<String> asDeepAsCanBe() {
        return Stream.of(
                "{{ " + "(".repeat(50) + "a" + ")".repeat(50) + " }}",
                "{{ " + "not ".repeat(490) + "a }}",
                "{{ " + "-".repeat(1_900) + "1 }}",
                "{{ a" + "|lower".repeat(320) + " }}",
                "{{ a" + " ~ a".repeat(480) + " }}",
                "{{ " + "'" + "(".repeat(100_000) + "' }}",
                "{% if a %}".repeat(49) + "a" + "{% endif %}".repeat(49));
    }

    @ParameterizedTest
    @MethodSource("asDeepAsCanBe")
    void whatIsNotTooDeepIsRendered(String deep) {
        assertThat(Template.compile("my.jinja", deep).render(Map.of("a", "a"))).isNotEmpty();
    }

    @Test
    void namesTemplateLineAndUndefinedVariable() {
        Template template = Template.compile("my.jinja", "a\nb {{ output.outptu }}");
        assertThatThrownBy(() -> template.render(Map.of("task", "t", "output", Map.of("output", "x"))))
                .isInstanceOf(TemplateException.class)
                .hasMessage("template my.jinja, line 2: undefined variable `output.outptu`; defined are: output, task");
    }

    @Test
    void namesAFilterThatThereIsNot() {
        Template template = Template.compile("my.jinja", "{{ task|render }}");
        assertThatThrownBy(() -> template.render(Map.of("task", "t")))
                .isInstanceOf(TemplateException.class)
                .hasMessage("template my.jinja, line 1: filter `render` is unknown or not supported");
    }

    @Test
    void namesTheLineOfASyntaxError() {
        assertThatThrownBy(() -> Template.compile("my.jinja", "a\nb\n{% if x %}\nc"))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("template my.jinja, line 3: ");
    }

    @Test
    void neverReadsValuesAsTemplates() {
        String hostile = "{{ secret }}{% for i in range(9) %}x{% endfor %}{# gone #}{{ '{{ secret }}' }}";
        Template template =
                Template.compile("t", "{% set again = x %}{{ x }}|{{ x|trim }}|{{ x[:12] }}|{{ again ~ x }}");
        assertThat(template.render(Map.of("x", hostile, "secret", "s3cret")))
                .isEqualTo(hostile + "|" + hostile + "|{{ secret }}|" + hostile + hostile);
    }

    @Test
    void copiesAMegabyteWhole() {
        String large = "line of output\n".repeat(70_000);
        assertThat(Template.compile("t", "<{{ x }}>{{ x|length }}").render(Map.of("x", large)))
                .isEqualTo("<" + large + ">1050000");
    }

    @Test
    void isSafeForManyThreads() throws InterruptedException, ExecutionException {
        Template template = Template.compile("t", "{% for i in items %}{{ loop.index }}{{ i }}{{ n }};{% endfor %}");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<String>>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int number = thread;
                all.add(threads.submit(() -> Stream.generate(
                                () -> template.render(Map.of("items", List.of("a", "b"), "n", number)))
                        .limit(500)
                        .distinct()
                        .toList()));
            }
            for (int thread = 0; thread < 8; thread++) {
                assertThat(all.get(thread).get()).containsExactly("1a%1$d;2b%1$d;".formatted(thread));
            }
        } finally {
            threads.shutdown();
        }
    }
}
