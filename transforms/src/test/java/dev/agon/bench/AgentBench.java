package dev.agon.bench;

import dev.agon.agent.Agent;
import dev.agon.agent.AgentConfig;
import dev.agon.agent.AgentFile;
import dev.agon.agent.AgentModel;
import dev.agon.agent.AgentOverrides;
import dev.agon.agent.Outcome;
import dev.agon.agent.StepLog;
import dev.agon.model.ChatModel;
import dev.agon.model.Sampling;
import dev.agon.model.ScriptedModel;
import dev.agon.prompts.Prompt;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxConfig;
import dev.agon.sandbox.Sandboxes;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Agent steps a second: whole rollouts of 20 steps (agent, prompts, observations, a fresh namespace sandbox each, the tree diff
 * at the end) with a model that answers by rote, against as many bare {@code bash -c true} on as many threads in the same run.
 * Prints the median of five rounds that alternate between the two.
 */
public final class AgentBench {

    private static final int STEPS = 20;
    private static final int ROLLOUTS = 60;
    private static final int ROUNDS = 5;

    private AgentBench() {}

    public static void main(String[] arguments) throws Exception {
        Agent agent = agent();
        try (Sandboxes sandboxes = SandboxConfig.defaults().connect()) {
            System.out.println("no-op agent steps a second, rollouts of 20 steps, medians of " + ROUNDS);
            for (int threads : new int[] {2, 4, 8}) {
                List<Double> steps = new ArrayList<>();
                List<Double> bare = new ArrayList<>();
                for (int round = 0; round <= ROUNDS; round++) {
                    double inside = perSecond(threads, () -> rollout(agent, sandboxes));
                    double outside = perSecond(threads, AgentBench::bareCommands);
                    if (round > 0) { // the first round warms up
                        steps.add(inside);
                        bare.add(outside);
                    }
                }
                System.out.println(String.format(
                        Locale.ROOT,
                        "%2d at once: agent %4.0f, bare bash %4.0f, ratio %.2f",
                        threads,
                        median(steps),
                        median(bare),
                        median(steps) / median(bare)));
            }
        }
    }

    private static Agent agent() {
        AgentConfig config = AgentFile.shipped().compile(AgentOverrides.NONE);
        List<String> answers = new ArrayList<>(Collections.nCopies(STEPS - 1, "THOUGHT: on.\n\n" + fenced("true")));
        answers.add("THOUGHT: done.\n\n" + fenced("echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"));
        ChatModel model = new ScriptedModel(answers.toArray(String[]::new));
        Sampling sampling = new Sampling(1, OptionalDouble.empty(), 1_000, 0);
        return new Agent(
                config, Prompt.shipped(Prompt.TASK), new AgentModel(model, "script", sampling), InstantSource.system());
    }

    private static String fenced(String command) {
        return "```mswea_bash_command\n" + command + "\n```";
    }

    private static Void rollout(Agent agent, Sandboxes sandboxes) throws Exception {
        Task task = Task.newBuilder()
                .setTaskId("bench")
                .setDataSet("bench")
                .setSource("bench")
                .setStatement("Nothing is to be done.")
                .setWorkdir("/work")
                .setFiles(List.of(TaskFile.newBuilder()
                        .setPath("a.txt")
                        .setContent(ByteBuffer.wrap("a\n".getBytes(StandardCharsets.UTF_8)))
                        .build()))
                .setContentHash("bench")
                .build();
        try (Sandbox sandbox = sandboxes.open(new Sandboxes.Spec(task.getWorkdir(), task.getFiles(), Map.of()))) {
            Outcome outcome =
                    agent.run(task, null, 1, sandbox, () -> false, StepLog.NONE).outcome();
            if (outcome != Outcome.SUBMITTED || !sandbox.changes().isEmpty()) {
                throw new IllegalStateException("a rollout of the benchmark ended as " + outcome);
            }
        }
        return null;
    }

    private static Void bareCommands() throws Exception {
        for (int step = 0; step < STEPS; step++) {
            Process process = new ProcessBuilder("/bin/bash", "-c", "true").start();
            process.getInputStream().readAllBytes();
            process.waitFor();
        }
        return null;
    }

    private static double perSecond(int threads, Callable<?> rollout) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long started = System.nanoTime();
            List<Future<Object>> all = new ArrayList<>();
            for (int i = 0; i < ROLLOUTS; i++) {
                all.add(pool.submit(rollout::call));
            }
            for (Future<Object> one : all) {
                one.get();
            }
            return ROLLOUTS * STEPS * 1e9 / (System.nanoTime() - started);
        } finally {
            pool.shutdown();
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
