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
 * @param usage sum over the steps
 * @param startedAt when it started
 * @param duration wall time
 */
public record AgentResult(
        Outcome outcome,
        Optional<String> finalOutput,
        String systemPrompt,
        String taskPrompt,
        List<Step> steps,
        Usage usage,
        Instant startedAt,
        Duration duration) {}
