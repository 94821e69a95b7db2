package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The strict rules of ATIF 1.7, written down once more, apart from the code that is held to them. */
public final class AtifRules {

    private static final Map<String, String> FIELDS = Map.of(
            "document",
                    "schema_version! session_id trajectory_id agent! steps! notes final_metrics continued_trajectory_ref subagent_trajectories extra",
            "agent", "name! version! model_name tool_definitions extra",
            "step",
                    "step_id! timestamp source! model_name reasoning_effort message! reasoning_content tool_calls observation metrics extra llm_call_count is_copied_context",
            "call", "tool_call_id! function_name! arguments! extra",
            "observation", "results!",
            "result", "source_call_id content subagent_trajectory_ref extra",
            "reference", "trajectory_id trajectory_path session_id extra",
            "metrics",
                    "prompt_tokens completion_tokens cached_tokens cost_usd prompt_token_ids completion_token_ids logprobs extra",
            "totals",
                    "total_prompt_tokens total_completion_tokens total_cached_tokens total_cost_usd total_steps extra");
    private static final List<String> AGENTS =
            List.of("model_name", "reasoning_effort", "reasoning_content", "tool_calls", "metrics");

    private final List<String> broken = new ArrayList<>();

    /** What is wrong with a document; empty when it is strict. */
    public static List<String> broken(JsonNode document) {
        AtifRules rules = new AtifRules();
        rules.document(document, "");
        return rules.broken;
    }

    private void document(JsonNode document, String at) {
        fields("document", document, at);
        rule(document.path("schema_version").asText().equals("ATIF-v1.7"), at + "schema_version");
        fields("agent", document.path("agent"), at + "agent.");
        if (document.has("final_metrics")) {
            fields("totals", document.get("final_metrics"), at + "final_metrics.");
        }
        rule(!document.path("steps").isEmpty(), at + "steps");
        int number = 0;
        for (JsonNode step : document.path("steps")) {
            step(step, ++number, at + "steps[" + number + "].");
        }
        Set<String> ids = new HashSet<>();
        for (JsonNode subagent : document.path("subagent_trajectories")) {
            rule(ids.add(subagent.path("trajectory_id").textValue()), at + "subagent_trajectories.trajectory_id");
            document(subagent, at + "subagent.");
        }
    }

    private void step(JsonNode step, int number, String at) {
        fields("step", step, at);
        rule(step.path("step_id").isInt() && step.get("step_id").intValue() == number, at + "step_id");
        String source = step.path("source").asText();
        rule(Set.of("system", "user", "agent").contains(source), at + "source");
        AGENTS.forEach(name -> rule(source.equals("agent") || !step.hasNonNull(name), at + name));
        rule(step.path("message").isTextual() || step.path("message").isArray(), at + "message");
        if (step.hasNonNull("timestamp")) {
            rule(OffsetDateTime.parse(step.get("timestamp").asText()) != null, at + "timestamp");
        }
        Set<String> calls = new HashSet<>();
        for (JsonNode call : step.path("tool_calls")) {
            fields("call", call, at + "tool_calls.");
            rule(call.path("arguments").isObject(), at + "arguments");
            calls.add(call.path("tool_call_id").asText());
        }
        if (step.hasNonNull("observation")) {
            fields("observation", step.get("observation"), at + "observation.");
        }
        for (JsonNode result : step.path("observation").path("results")) {
            fields("result", result, at + "results.");
            rule(
                    !step.has("tool_calls")
                            || !result.hasNonNull("source_call_id")
                            || calls.contains(result.get("source_call_id").textValue()),
                    at + "source_call_id");
            for (JsonNode reference : result.path("subagent_trajectory_ref")) {
                fields("reference", reference, at + "subagent_trajectory_ref.");
                rule(
                        reference.hasNonNull("trajectory_id") || reference.hasNonNull("trajectory_path"),
                        at + "reference");
            }
        }
        if (step.hasNonNull("metrics")) {
            fields("metrics", step.get("metrics"), at + "metrics.");
        }
    }

    private void fields(String kind, JsonNode object, String at) {
        Set<String> known = new HashSet<>();
        for (String name : FIELDS.get(kind).split(" ")) {
            String plain = name.replace("!", "");
            known.add(plain);
            rule(!name.endsWith("!") || object.hasNonNull(plain), at + plain + " is missing");
            if (plain.equals("extra")) {
                rule(!object.hasNonNull(plain) || object.get(plain).isObject(), at + "extra");
            }
        }
        object.fieldNames().forEachRemaining(name -> rule(known.contains(name), at + name + " is not of the format"));
    }

    private void rule(boolean kept, String what) {
        if (!kept) {
            broken.add(what);
        }
    }
}
