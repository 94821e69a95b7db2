package dev.agon.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The prompts that Agon ships, as resources of this package, and the files of users that replace them. The paper (arXiv 2604.16529)
 * names what each role reads and writes; the wording of the prompts is Agon's own.
 *
 * <p>In: a name or a file. Out: a compiled {@link Template}. Fails with a {@link TemplateException} when there is no such
 * resource or file, when it is not UTF-8, or when it does not compile.
 */
public final class Prompt {

    /** The task prompt: statement, working folder, visible check, refinement context. */
    public static final String TASK = "task";
    /** The refinement context: the summaries of rollouts of the previous iteration. */
    public static final String CONTEXT = "context";
    /** System prompt of the summariser. */
    public static final String SUMMARIZE_SYSTEM = "summarize-system";
    /** Asks for the summary of one rollout. */
    public static final String SUMMARIZE = "summarize";
    /** Asks again after a malformed summary. */
    public static final String SUMMARIZE_REPAIR = "summarize-repair";
    /** The text of a summary. */
    public static final String SUMMARY = "summary";
    /** System prompt of the judge. */
    public static final String JUDGE_SYSTEM = "judge-system";
    /** Asks for one vote. */
    public static final String JUDGE = "judge";

    private Prompt() {}

    /** The shipped prompt of that name. */
    public static Template shipped(String name) {
        String resource = name + ".jinja";
        return Template.compile(resource, resource(resource));
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
