package dev.agon.agent;

import dev.agon.model.Usage;
import dev.agon.schemas.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an agent did.
 *
 * @param outcome how it ended
 * @param finalOutput what it printed after the sentinel; empty when it did not submit
 * @param systemPrompt the prompt that opened the conversation
 * @param taskPrompt the prompt that followed it
 * @param steps the turns, in order; one for each answer of the model
 * @param modelCalls answers of the model, those that are no step included
 * @param usage what they consumed
 * @param boughtCalls answers that were bought by this attempt, not taken over from an interrupted one
 * @param boughtUsd what those cost in USD
 * @param diverged commands whose return code differed when the files of an interrupted attempt were rebuilt
 * @param startedAt when its first attempt started
 * @param duration wall time of all attempts, without the time between them and for rebuilding
 */
public record AgentResult(
        Outcome outcome,
        Optional<String> finalOutput,
        String systemPrompt,
        String taskPrompt,
        List<Step> steps,
        int modelCalls,
        Usage usage,
        int boughtCalls,
        double boughtUsd,
        int diverged,
        Instant startedAt,
        Duration duration) {}
