package dev.agon.pipelines.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.agon.prompts.Prompt;
import java.util.List;
import java.util.Map;

/**
 * One experiment as its YAML file and the command line describe it. Field names are the keys, in snake case. The defaults stand
 * here: a missing key gets its default. {@link RunConfigReader} reads it, {@link RunConfigCheck} checks its values.
 *
 * @param name name of the experiment
 * @param seed seed of everything that is drawn at random
 * @param out folder for the tables; default {@code out/<name>}
 * @param journal folder for what the run paid for; default {@code <out>.journal}
 * @param prompts files in place of shipped prompts
 */
public record RunConfig(
        String name,
        long seed,
        String out,
        String journal,
        Tasks tasks,
        Replay replay,
        Sandbox sandbox,
        Agent agent,
        ModelSection model,
        Roles roles,
        Map<Prompt, String> prompts,
        Scaling scaling,
        Grading grading,
        Budget budget,
        Concurrency concurrency) {

    public RunConfig {
        out = out == null && name != null ? "out/" + name : out;
        journal = journal == null && out != null ? out.replaceAll("/+$", "") + ".journal" : journal;
        sandbox = sandbox == null ? new Sandbox(null, null, null, null, null, null, null, null, null) : sandbox;
        agent = agent == null ? new Agent(null, null, null, null, null) : agent;
        roles = roles == null ? new Roles(null, null, null) : roles;
        prompts = prompts == null ? Map.of() : prompts;
        scaling = (scaling == null
                        ? new Scaling(null, null, null, null, null, null, null, null, null, null, null, null)
                        : scaling)
                .orForReplay(replay != null);
        grading = grading == null ? new Grading(null, null, null, null) : grading;
        budget = budget == null ? new Budget(null, null) : budget;
        concurrency = concurrency == null ? new Concurrency(null, null, null) : concurrency;
    }

    /**
     * Which tasks: format, path (relative to the config file), their ids (empty for all), how many at most, and what becomes of those
     * that cannot run here, {@code skip} or {@code refuse}.
     */
    public record Tasks(String format, String path, List<String> ids, Integer limit, String unrunnable) {
        public Tasks {
            ids = ids == null ? List.of() : ids;
            unrunnable = unrunnable == null ? "skip" : unrunnable;
        }
    }

    /** Which trajectories a replay reads: their format, where they are, and files of outcomes (relative to the config file). */
    public record Replay(
            String format,
            String path,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> outcomes) {
        public Replay {
            format = format == null ? "auto" : format;
            outcomes = outcomes == null ? List.of() : outcomes;
        }
    }

    /** Where commands run, what they may use there, and the protections without which nothing runs. */
    public record Sandbox(
            String kind,
            String network,
            Integer memoryMb,
            Integer pids,
            Integer diskMb,
            Integer outputKb,
            Integer cpuS,
            Integer submissionMb,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> require) {
        public Sandbox {
            kind = kind == null ? "namespace" : kind;
            network = network == null ? "none" : network;
            memoryMb = memoryMb == null ? 512 : memoryMb;
            pids = pids == null ? 64 : pids;
            diskMb = diskMb == null ? 256 : diskMb;
            outputKb = outputKb == null ? 1024 : outputKb;
            cpuS = cpuS == null ? 120 : cpuS;
            submissionMb = submissionMb == null ? 16 : submissionMb;
            require = require == null ? List.of() : require;
        }
    }

    /** The agent: its mini-swe-agent YAML (null for the shipped one; relative to the config file), and limits that override it. */
    public record Agent(
            String config, Integer stepLimit, Double costLimit, Double commandTimeoutS, Double wallTimeLimitS) {}

    /** What each role sets for itself: overrides of the model, and a prompt. */
    public record Roles(ModelSection agent, ModelSection summarizer, ModelSection judge) {}

    /**
     * The method: N rollouts, T iterations, context mode and size K, group size G, votes V, representation. The defaults are the
     * paper's (arXiv 2604.16529), but for {@code change}: {@code append} ends each text that a judge reads with the submission, and
     * {@code none} is the paper's. The others are Agon's own. {@code mergeEqual}: equal submissions enter a tournament as one candidate.
     * {@code selectToOne}: a tournament to K goes on to one. {@code attackJudge}: matches are judged again with an attack in the text of one
     * that lost, which is for measuring the judge. {@code evidence}: a judge reads the evidence that Agon found in the record
     * beside each text.
     */
    public record Scaling(
            Integer rollouts,
            Integer iterations,
            String context,
            Integer contextSize,
            Integer groupSize,
            Integer votes,
            String representation,
            String change,
            Boolean mergeEqual,
            Boolean selectToOne,
            Boolean attackJudge,
            Boolean evidence) {
        public Scaling {
            rollouts = rollouts == null ? 16 : rollouts;
            iterations = iterations == null ? 2 : iterations;
            context = context == null ? "select" : context;
            contextSize = contextSize == null ? 4 : contextSize;
            groupSize = groupSize == null ? 2 : groupSize;
            votes = votes == null ? 8 : votes;
            representation = representation == null ? "summary" : representation;
            change = change == null ? "append" : change;
            mergeEqual = mergeEqual == null || mergeEqual;
            attackJudge = attackJudge != null && attackJudge;
        }

        /** Fills in {@code evidence} and {@code selectToOne}. Their defaults differ between a run and a replay. */
        Scaling orForReplay(boolean replay) {
            return new Scaling(
                    rollouts,
                    iterations,
                    context,
                    contextSize,
                    groupSize,
                    votes,
                    representation,
                    change,
                    mergeEqual,
                    selectToOne == null ? replay : selectToOne,
                    attackJudge,
                    evidence == null ? replay : evidence);
        }
    }

    /** Hidden checks: their wall-time limit in seconds, which overrides those of the tasks, and what they may use. */
    public record Grading(Integer timeoutS, Integer memoryMb, Integer outputKb, Integer cpuS) {}

    /** What the run may buy, over all times it is started: USD, and tokens of prompts and answers. */
    public record Budget(Double usd, Long tokens) {}

    /** Rollouts and model calls in flight in each worker, and how many workers share the rate limits of the endpoints. */
    public record Concurrency(Integer rollouts, Integer modelCalls, Integer workers) {
        public Concurrency {
            rollouts = rollouts == null ? 8 : rollouts;
            modelCalls = modelCalls == null ? 32 : modelCalls;
            workers = workers == null ? 1 : workers;
        }
    }
}
