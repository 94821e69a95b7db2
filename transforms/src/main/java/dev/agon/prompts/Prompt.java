package dev.agon.prompts;

import static dev.agon.prompts.Variable.given;
import static dev.agon.prompts.Variable.needed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The prompts of the roles, each with its variables. Agon ships one of each as a resource of this package; a user's file can stand
 * in its place. The paper (arXiv 2604.16529) names what each role reads and writes; the wording is Agon's own.
 *
 * <p>In: a prompt, or a file. Out: a compiled {@link Template}. Fails with a {@link TemplateException} when there is no such
 * resource or file, when it is not UTF-8, or when it is no template of that prompt.
 */
public enum Prompt {
    TASK(
            "agent",
            "presents a task; the agent's own file gets it as `task`",
            needed("statement", "the task's statement", "‹statement›"),
            given("workdir", "the folder that holds its files", "/work"),
            given("visible_check", "command of the check that the agent may run, or none", null, "./check.sh"),
            given("context", "the refinement context, or none", null, "‹context›")),
    CONTEXT(
            "agent",
            "the refinement context: what rollouts are told of attempts of the iteration before",
            needed("attempts", "a list: the text of each attempt", List.of("‹attempt›"), List.of("‹one›", "‹two›")),
            given(
                    "evidence",
                    "a list: what the harness found in the record of each; none without `scaling.evidence`",
                    null,
                    List.of("‹found›", "‹found too›")),
            given("fence", "a word that none of the attempts can know", "0f9a")),
    SUMMARIZE_SYSTEM("summarizer", "system prompt of the summariser"),
    SUMMARIZE(
            "summarizer",
            "asks for the summary of one attempt",
            given("statement", "the task's statement", "‹statement›"),
            needed(
                    "trace",
                    "the trajectory as text, or notes on its parts where it is too long for one prompt",
                    "‹trace›"),
            given("parts", "how many parts those are; 1 for the trajectory itself", 1, 3),
            given("change", "the submission as a diff, cut, or empty", "", "‹change›"),
            given("outcome", "how the attempt ended, such as `submitted`", "submitted"),
            given("step_count", "its number of steps", 0, 30),
            given("max_words", "the most words of a summary", 350),
            given("fence", "a word that statement, trace and change cannot know", "0f9a")),
    SUMMARIZE_PART(
            "summarizer",
            "asks for notes on a part of a trajectory that is too long for one prompt",
            given("statement", "the task's statement", "‹statement›"),
            needed("part", "some steps of the trajectory as text, or notes on some of its parts", "‹part›"),
            given("max_words", "the most words of the notes", 100, 500),
            given("fence", "a word that statement and part cannot know", "0f9a")),
    SUMMARIZE_REPAIR(
            "summarizer",
            "asks again after a malformed summary",
            given("problem", "what is wrong with it", "it holds no JSON object")),
    SUMMARY(
            "summarizer",
            "the text of a summary, which judges and refinement contexts get",
            given("ended", "how the attempt ended", "submitted"),
            given("step_count", "its number of steps", 0, 30),
            given("outcome", "solved, partial, unsolved or unknown, as the summariser says", "solved"),
            given("progress", "how far it came, as the summariser says, or empty", "", "‹progress›"),
            needed(
                    "sections",
                    "a list of what else the summariser says, each with `title` and the list `lines`",
                    List.of(Map.of("title", "Evidence", "lines", List.of("‹line›"))),
                    List.of(Map.of("title", "Evidence", "lines", List.of("‹one›", "‹two›")))),
            given("change", "the submission as a diff, cut, or empty; none with `scaling.change: none`", null, "‹d›")),
    JUDGE_SYSTEM("judge", "system prompt of the judge"),
    JUDGE(
            "judge",
            "asks for one vote",
            given("statement", "the task's statement", "‹statement›"),
            needed(
                    "candidates",
                    "a list: the text of each candidate, in the order of presentation",
                    List.of("‹one›", "‹two›"),
                    List.of("‹one›", "‹two›", "‹three›")),
            given(
                    "evidence",
                    "a list: what the harness found in the record of each; none without `scaling.evidence`",
                    null,
                    List.of("‹found›", "‹found too›", "‹found as well›")),
            given("fence", "a word that statement and candidates cannot know", "0f9a")),
    JUDGE_REPAIR(
            "judge",
            "asks again after a reply without a readable vote",
            given("problem", "what is wrong with it", "it names no attempt"));

    private final String role;
    private final String purpose;
    private final List<Variable> variables;

    Prompt(String role, String purpose, Variable... variables) {
        this.role = role;
        this.purpose = purpose;
        this.variables = List.of(variables);
    }

    /** Its name in configuration files and in {@code run.json}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return id();
    }

    /** {@code agent}, {@code summarizer} or {@code judge}. */
    public String role() {
        return role;
    }

    /** What it is for, in a few words. */
    public String purpose() {
        return purpose;
    }

    public List<Variable> variables() {
        return variables;
    }

    /** The shipped prompt of that name. */
    public static Template shipped(Prompt prompt) {
        String resource = prompt.id().replace('_', '-') + ".jinja";
        return Template.compile(resource, resource(resource));
    }

    /**
     * The template of a user's file in place of this prompt. It is rendered with samples, and all of its branches are looked through:
     * it may name no variable that the prompt does not have, and must show those that it cannot do without.
     */
    public Template own(Path file) {
        Template template = Template.compile(file.toString(), text(file));
        Set<String> names = variables.stream().map(Variable::name).collect(Collectors.toSet());
        template.checkNames(names);
        for (int sample = 0; sample < Variable.SAMPLES; sample++) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Variable variable : variables) {
                values.put(variable.name(), variable.sample(sample));
            }
            String rendered = template.render(values);
            for (Variable variable : variables) {
                if (!variable.isShown(rendered, sample)) {
                    throw new TemplateException("template " + file + " never shows `" + variable.name() + "` ("
                            + variable.holds() + "), without which it cannot do its work");
                }
            }
        }
        return template;
    }

    /** The text of a resource that stands beside the shipped prompts. */
    public static String resource(String fileName) {
        try (InputStream stream = Prompt.class.getResourceAsStream(fileName)) {
            if (stream == null) {
                throw new TemplateException("there is no shipped prompt " + fileName);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new TemplateException("the shipped prompt " + fileName + " cannot be read", e);
        }
    }

    /** The text of a user's prompt or configuration file. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new TemplateException("there is no file " + file + "; name one that exists", e);
        } catch (CharacterCodingException e) {
            throw new TemplateException("the file " + file + " is not UTF-8 text; store it as UTF-8", e);
        } catch (IOException e) {
            throw new TemplateException("the file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
