package dev.agon.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executes {@code notebooks/run.ipynb} with the Python of {@code .venv} in the project's folder, or else {@code python3}. Where its modules are missing the
 * test is skipped, but with {@code CI=true} it fails.
 */
class NotebookTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path NOTEBOOKS = PROJECT.resolve("notebooks");
    private static final String EXECUTE = """
            import sys, nbclient, nbformat
            notebook = nbformat.read(sys.argv[1], as_version=4)
            nbclient.NotebookClient(notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": sys.argv[2]}}).execute()
            nbformat.write(notebook, sys.argv[3])
            """;

    @TempDir
    Path folder;

    @Test
    void drawsEveryFigureOfTheReport() throws Exception {
        Path run = SmallRun.in(folder.resolve("it's [a] run")).write();
        JsonNode notebook = execute(run);
        String source = texts(notebook.path("cells").findValues("source"));
        for (String figure : ReportSections.figures()) {
            assertThat(source).contains("figure(\"" + figure + "\")");
        }
        String tables = texts(notebook.findValues("text/html"));
        assertThat(tables)
                .contains("<td>iteration 0</td><td>iteration</td><td>0</td><td>4</td><td>15</td><td>6</td><td>1</td>"
                        + "<td>0.4375</td><td>0.0756</td><td>0.8810</td><td>0.3750</td>")
                .contains(
                        "<td>final</td><td>final</td><td>1</td><td>4</td><td>0.3125</td><td>-0.2842</td><td>0.9092</td>");
        assertThat(notebook.findValues("text/html"))
                .hasSize(ReportSections.figures().size() - ReportSections.ONLY_WHERE_ASKED_FOR.size());
        assertThat(notebook.findValues("image/png")).hasSize(11);
    }

    @Test
    void runsOnARunThatHasOnlyBegun() throws Exception {
        Files.createDirectories(folder.resolve("begun/rollouts"));
        JsonNode notebook = execute(folder.resolve("begun"));
        assertThat(notebook.findValues("image/png")).isEmpty();
        assertThat(texts(notebook.findValues("text/markdown"))).contains("Nothing to show in this run.");
    }

    private JsonNode execute(Path run) throws IOException, InterruptedException {
        String python = python();
        Path executed = folder.resolve("executed.ipynb");
        Finished finished = call(
                run,
                python,
                "-c",
                EXECUTE,
                NOTEBOOKS.resolve("run.ipynb").toString(),
                NOTEBOOKS.toString(),
                executed.toString());
        assertThat(finished.code()).as(finished.output()).isZero();
        return new ObjectMapper().readTree(executed.toFile());
    }

    private String python() throws IOException, InterruptedException {
        Path own = PROJECT.resolve(".venv/bin/python");
        String python = Files.isExecutable(own) ? own.toString() : "python3";
        Finished finished;
        try {
            finished = call(folder, python, "-c", "import duckdb, ipykernel, matplotlib, nbclient");
        } catch (IOException e) {
            finished = new Finished(127, e.getMessage());
        }
        if (finished.code() != 0) {
            String message = "NOT EXECUTED: notebooks/run.ipynb, because " + python + " lacks its modules ("
                    + finished.output().strip().lines().reduce("", (first, last) -> last)
                    + "). To execute it: python3 -m venv .venv && .venv/bin/pip install -r notebooks/requirements.txt";
            if ("true".equals(System.getenv("CI"))) {
                fail(message);
            }
            System.err.println(message);
            Assumptions.abort(message);
        }
        return python;
    }

    private record Finished(int code, String output) {}

    private Finished call(Path run, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("AGON_RUN", run.toString());
        // What Jupyter and matplotlib keep between runs stays in the test's own folder.
        for (Map.Entry<String, String> home : Map.of(
                        "IPYTHONDIR", "ipython", "JUPYTER_RUNTIME_DIR", "jupyter", "MPLCONFIGDIR", "matplotlib")
                .entrySet()) {
            builder.environment()
                    .put(home.getKey(), folder.resolve(home.getValue()).toString());
        }
        Process process = builder.start();
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail("still running after 300 s: " + Files.readString(output));
        }
        return new Finished(process.exitValue(), Files.readString(output));
    }

    private static String texts(List<JsonNode> nodes) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : nodes) {
            if (node.isArray()) {
                node.forEach(line -> texts.add(line.asText()));
            } else {
                texts.add(node.asText());
            }
        }
        return String.join("", texts);
    }
}
