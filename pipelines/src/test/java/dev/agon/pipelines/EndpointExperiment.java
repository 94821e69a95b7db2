package dev.agon.pipelines;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.model.http.Behaviour;
import dev.agon.model.http.ScriptedServer;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An experiment whose model is a server on this machine: small tasks, a configuration, and what a coder that never errs would
 * answer, which depends on the question and its seed alone.
 */
final class EndpointExperiment {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SEED = Pattern.compile("\"seed\":(\\d+)");
    private static final Pattern ASSISTANT = Pattern.compile("\"role\":\"assistant\"");
    /** Tokens that each answer is said to use. */
    static final int INPUT_TOKENS = 100;

    static final int OUTPUT_TOKENS = 10;

    private static final String SUMMARY =
            "{\"hypotheses\": [], \"actions\": [\"wrote\"], \"evidence\": [], \"files_changed\": [\"answer.txt\"],"
                    + " \"progress\": \"done\", \"failure_modes\": [], \"open_questions\": [], \"outcome\": \"solved\"}";

    private final Path folder;
    private final Path config;

    /**
     * @param folder where tasks and configuration are written
     * @param tasks how many tasks
     * @param model the model's section, one key a line
     * @param more further sections
     */
    EndpointExperiment(Path folder, int tasks, List<String> model, String... more) throws IOException {
        this.folder = folder;
        for (int task = 0; task < tasks; task++) {
            Path home = folder.resolve("tasks").resolve(String.format("task-%03d", task));
            Files.createDirectories(home.resolve("files"));
            Files.createDirectories(home.resolve("hidden"));
            Files.writeString(home.resolve("files/a.txt"), "a\n");
            Files.writeString(home.resolve("hidden/check.sh"), "grep -q even answer.txt\n");
            Files.writeString(home.resolve("statement.md"), "Write an even number in words into answer.txt.\n");
            Files.writeString(home.resolve("task.yaml"), "hidden:\n  run: bash check.sh\n");
        }
        List<String> lines =
                new ArrayList<>(List.of("name: endpoint", "seed: 3", "tasks: {format: agon, path: tasks}"));
        lines.add("model:");
        model.forEach(line -> lines.add("  " + line));
        lines.addAll(List.of(more));
        config = Files.write(folder.resolve("endpoint.yaml"), lines);
    }

    /**
     * One whose model is a scripted server. It needs sandboxes: without them the test is left out.
     *
     * @param model more keys of the model's section
     * @param more further sections
     */
    static EndpointExperiment against(ScriptedServer server, Path folder, int tasks, List<String> model, String... more)
            throws IOException {
        assumeThat(RunEndToEndTest.bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        List<String> keys = new ArrayList<>(List.of(
                "provider: openai",
                "name: scripted",
                "base_url: " + server.baseUrl(),
                "price: {input: 1, output: 10}"));
        keys.addAll(model);
        return new EndpointExperiment(folder, tasks, keys, more);
    }

    /** Runs it in this process. */
    Outcome run(Path out, String... more) {
        return RunEndToEndTest.execute(arguments(out, more).toArray(String[]::new));
    }

    /** The command line of a run of it. */
    List<String> arguments(Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", config.toString(), "--out", out.toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** Starts a run in a process of its own, whose output goes to {@code run.log} in the experiment's folder. */
    Process start(Path out, Map<String, String> environment, String... more) throws IOException {
        List<String> command = agon("-Dagon.bundle=" + System.getProperty("agon.bundle", ""));
        command.addAll(arguments(out, more));
        return start(command, environment);
    }

    /** As {@link #start}, and the process leads a process group of its own, as in a terminal. */
    Process startGroup(Path out) throws IOException {
        List<String> command = agon();
        command.add(0, "setsid");
        command.addAll(arguments(out));
        return start(command, Map.of());
    }

    private Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The beginning of a command line of Agon in a process of its own, with the options of the JVM that the launcher gives it. */
    static List<String> agon(String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:MetaspaceSize=256m",
                "-Djdk.lang.Process.launchMechanism=VFORK"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.agon.pipelines.Agon"));
        return command;
    }

    Path log() {
        return folder.resolve("run.log");
    }

    /**
     * What the coder answers: two steps and the submission, which every second seed gets right; a summary when it is asked for one;
     * the first attempt when it judges. One summary and one vote in five are unreadable at first.
     */
    static Behaviour answer(String body) throws IOException {
        return completion(text(body));
    }

    static String text(String body) {
        int seed = seed(body);
        if (body.contains("<vote>NUMBER</vote>")) {
            return seed % 5 == 0 ? "Both are good." : "<vote>1</vote>";
        }
        if (body.contains("failure_modes")) {
            return seed % 5 == 0 && !ASSISTANT.matcher(body).find() ? "It went well." : SUMMARY;
        }
        return switch ((int) ASSISTANT.matcher(body).results().count()) {
            case 0 -> fenced("cat a.txt; echo looked");
            case 1 -> fenced("echo " + (seed % 2 == 0 ? "even" : "odd") + " " + seed % 7 + " > answer.txt");
            default -> fenced("echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT");
        };
    }

    static int seed(String body) {
        Matcher seed = SEED.matcher(body);
        return seed.find() ? Integer.parseInt(seed.group(1)) : 0;
    }

    static Behaviour completion(String content) throws IOException {
        return Behaviour.ok(json(content, true));
    }

    static String json(String content, boolean usage) throws IOException {
        return "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + JSON.writeValueAsString(content) + "},\"finish_reason\":\"stop\"}]"
                + (usage
                        ? ",\"usage\":{\"prompt_tokens\":" + INPUT_TOKENS + ",\"completion_tokens\":" + OUTPUT_TOKENS
                                + "}}"
                        : "}");
    }

    private static String fenced(String command) {
        return "THOUGHT: on.\n\n```mswea_bash_command\n" + command + "\n```";
    }
}
