package dev.agon.agent;

import dev.agon.model.Account;
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
 * @param account answers of the model, those that are no step included; those taken over from an interrupted attempt are not bought
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
        Account account,
        int diverged,
        Instant startedAt,
        Duration duration) {}
