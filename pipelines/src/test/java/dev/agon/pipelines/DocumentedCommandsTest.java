package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that stands in a block {@code sh} of the documents is executed, the README's first, in one folder. Of the blocks that
 * say what they need ({@code sh needs=…}) and of commands between backticks, the command and its options must be known.
 */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String AGON = "./agon ";

    /** The demo as it stands takes two minutes. */
    private static final String WHOLE_DEMO = AGON + "run run-configs/demo.yaml";

    private static final String SHORT_DEMO =
            WHOLE_DEMO + " --tasks free-shipping,leap-days --set scaling.rollouts=4 --out out/demo";
    private static final Pattern BLOCK =
            Pattern.compile("^```sh( needs=\\S+)?\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("`(?:\\./)?agon ([a-z][^`…\\n]*)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @TempDir
    Path folder;

    @Test
    void everyCommandOfTheDocumentsWorks() throws Exception {
        Files.createSymbolicLink(folder.resolve("run-configs"), ROOT.resolve("run-configs"));
        execute(SHORT_DEMO.replace("out/demo", "out/first"), "the folder that the pages of docs/ use");
        for (Path document : documents()) {
            String text = Files.readString(document);
            for (Matcher block = BLOCK.matcher(text); block.find(); ) {
                if (block.group(1) == null) {
                    run(block.group(2), document.toString());
                } else {
                    block.group(2)
                            .lines()
                            .forEach(line -> isKnown(line.replaceFirst("^\\./agon ", ""), document.toString()));
                }
            }
            for (Matcher command = QUOTED.matcher(text); command.find(); ) {
                isKnown(command.group(1), document.toString());
            }
        }
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        for (Path document : documents()) {
            for (Matcher link = LINK.matcher(Files.readString(document)); link.find(); ) {
                assertThat(document.resolveSibling(link.group(1)))
                        .as("%s", document)
                        .exists();
            }
        }
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            pages.sorted().forEach(documents::add);
        }
        return documents;
    }

    /** Lines that are commands of Agon are executed here, and what stands between them by a shell. */
    private void run(String block, String document) throws Exception {
        StringBuilder script = new StringBuilder();
        for (String line : block.lines().toList()) {
            if (line.startsWith(AGON)) {
                shell(script.toString(), document);
                script.setLength(0);
                execute(line.equals(WHOLE_DEMO) ? SHORT_DEMO : line, document);
            } else {
                script.append(line).append('\n');
            }
        }
        shell(script.toString(), document);
    }

    private void execute(String line, String document) {
        String[] words = line.substring(AGON.length()).split(" ");
        for (int word = 0; word < words.length; word++) {
            words[word] = words[word].replaceFirst("^(|.*=)((?:out|my|run-configs)/)", "$1" + folder + "/$2");
        }
        Outcome outcome = RunEndToEndTest.execute(words);
        assertThat(outcome.exitCode())
                .as("%s: %s%n%s", document, line, outcome.text())
                .isZero();
    }

    private void shell(String script, String document) throws Exception {
        if (!script.isBlank()) {
            Process shell = new ProcessBuilder("bash", "-ec", script)
                    .directory(folder.toFile())
                    .inheritIO()
                    .start();
            assertThat(shell.waitFor()).as("%s: %s", document, script).isZero();
        }
    }

    /** Whether the command is there, and each option that begins with a small letter and is not one of Beam's. */
    private static void isKnown(String command, String document) {
        List<String> words = List.of(command.split("[ |\\[\\],]+"));
        List<String> names = words.stream()
                .takeWhile(word -> word.matches("[a-z]+"))
                .limit(2)
                .toList();
        List<String> help = new ArrayList<>(names);
        help.add("--help");
        Outcome outcome = RunEndToEndTest.execute(help.toArray(String[]::new));
        assertThat(outcome.exitCode())
                .as("%s: agon %s%n%s", document, command, outcome.text())
                .isZero();
        words.stream()
                .filter(word -> word.matches("--[a-z-]+(=.*)?"))
                .map(word -> word.replaceFirst("=.*", ""))
                .forEach(option -> assertThat(outcome.text())
                        .as("%s: agon %s", document, command)
                        .contains(option));
    }
}
