package dev.agon.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.pipelines.Agon;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {

    private static final Path TASKS = Path.of("../run-configs/demo-tasks").toAbsolutePath();

    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void writeConfig() throws Exception {
        config = Files.writeString(folder.resolve("small.yaml"), """
                name: small
                out: %s/out
                tasks: {format: agon, path: %s, limit: 3}
                agent: {step_limit: 10, cost_limit: 0}
                model:
                  provider: openai
                  name: some-model
                  api_key_env: AGON_TEST_KEY_THAT_IS_NOT_SET
                  max_tokens: 1000
                  price: {input: 1, output: 2}
                scaling: {rollouts: 5, iterations: 2, context_size: 2, group_size: 2, votes: 3}
                """.formatted(folder, TASKS));
    }

    @Test
    void callsAreCountedAsTheRunWouldMakeThem() throws Exception {
        List<String> lines = plan();
        assertThat(lines).contains("small: 3 tasks x 5 rollouts x 2 iterations = 30 rollouts");
        assertThat(line(lines, "agent, iteration 0")).contains("15 rollouts", " 150 ", " 150,000 ", "step limit 10");
        assertThat(line(lines, "summariser"))
                .contains("30 summaries", " 210 ", " 210,000 ", "asked 3 times each, after notes on 4 parts");
        // Five play down to two in 3 groups, one of them a bye, then one match; and 5, 3, 2, 1: 2 + 1 + 1 matches.
        assertThat(line(lines, "judge")).contains("21 matches", " 210 ", "3 votes and 2 at a tie, asked 2 times each");
        assertThat(line(lines, "in all")).contains(" 720 ", " 720,000 ");
    }

    @Test
    void whatIsReadInPartsIsCounted() throws Exception {
        String wide = line(plan("--set", "roles.summarizer.window_tokens=1000000"), "summariser");
        assertThat(wide).contains(" 90 ", "asked 3 times each").doesNotContain("parts");
        String narrow = line(plan("--set", "roles.summarizer.window_tokens=20000"), "summariser");
        assertThat(narrow).contains(" 270 ", "after notes on 6 parts");
        assertThat(tokens(narrow)).isLessThan(2 * tokens(wide));
    }

    @Test
    void refinedRolloutsHaveLongerPromptsAndTracesCostNothing() throws Exception {
        List<String> lines = plan();
        assertThat(tokens(line(lines, "agent, iteration 1"))).isGreaterThan(tokens(line(lines, "agent, iteration 0")));
        List<String> alone = plan("--set", "scaling.context=none", "--set", "scaling.representation=trace");
        assertThat(tokens(line(alone, "agent, iteration 1"))).isEqualTo(tokens(line(alone, "agent, iteration 0")));
        assertThat(line(alone, "summariser")).contains(" 0 ", "traces cost nothing");
        assertThat(line(alone, "judge")).contains("12 matches");
    }

    @Test
    void nothingIsWrittenAndAMissingKeyIsANote() throws Exception {
        assertThat(plan()).anyMatch(line -> line.contains("AGON_TEST_KEY_THAT_IS_NOT_SET is not set"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(config);
        }
    }

    @Test
    void theCostLimitBoundsWhatARolloutCostsAndTheBudgetWhatTheRunDoes() throws Exception {
        List<String> lines = plan("--set", "agent.cost_limit=0.001", "--set", "budget.usd=0.01");
        assertThat(line(lines, "agent, iteration 0")).contains("cost limit $0.0010 and one call");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("- budget.usd stops the run at $0.0100;")
                        && line.contains("at most 32 calls of up to $"));
        assertThat(plan("--set", "budget.tokens=1000000000000"))
                .contains("- budget.tokens, 1,000,000,000,000, cannot be reached");
        assertThat(plan("--set", "budget.usd=0.01", "--set", "concurrency.workers=3"))
                .anyMatch(line ->
                        line.contains("at most 96 calls") && line.contains("2 other workers buy within the 4 s, and"));
    }

    @Test
    void withoutAStepLimitOnlyTheOthersBound() throws Exception {
        List<String> lines = plan("--set", "agent.step_limit=0");
        assertThat(line(lines, "agent, iteration 0")).contains("no bound", "no step limit, wall time limit 3600 s");
    }

    @Test
    void withoutAPriceThereAreTokensOnly() throws Exception {
        List<String> lines = plan("--set", "model.price=null");
        assertThat(line(lines, "in all")).contains("720,000", "unknown");
        assertThat(lines).anyMatch(line -> line.contains("no price is known for openai/some-model"));
    }

    private static String line(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }

    /** The third number of a line of the table: amount, calls, tokens of prompts. */
    private static long tokens(String line) {
        return Long.parseLong(line.split(" {2,}")[3].replace(",", ""));
    }

    private List<String> plan(String... options) {
        List<String> args = new ArrayList<>(List.of("plan", config.toString()));
        args.addAll(List.of(options));
        PrintStream out = System.out;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
        try {
            assertThat(Agon.execute(args.toArray(String[]::new))).isZero();
        } finally {
            System.setOut(out);
        }
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
