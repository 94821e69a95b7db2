package dev.agon.pipelines.report;

import dev.agon.schemas.Failure;
import dev.agon.schemas.Grade;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Match;
import dev.agon.schemas.RefinementContext;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Selection;
import dev.agon.schemas.Summary;
import dev.agon.schemas.TaskRow;
import dev.agon.schemas.Vote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/** Builds the Parquet tables of a small run, row by row. What a test does not say has an unremarkable value: one step, ten tokens, a cent. */
final class FixtureRun {

    private final Path folder;
    private final Map<String, List<SpecificRecordBase>> tables = new LinkedHashMap<>();

    FixtureRun(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    FixtureRun task(String task) {
        return add(
                "tasks",
                TaskRow.newBuilder()
                        .setTaskId(task)
                        .setDataSet("fixture")
                        .setStatement("Fix it.")
                        .setWorkdir("/work")
                        .setContentHash("00")
                        .build());
    }

    /** Rollouts of one task and iteration from index 0, one letter each: P passes, F fails, U is ungraded, X is an infrastructure failure, S was not started and C cut short by a stop. */
    FixtureRun rollouts(String task, int iteration, String verdicts) {
        return rollouts(task, iteration, verdicts, 1, null);
    }

    FixtureRun rollouts(String task, int iteration, String verdicts, int steps, String contextId) {
        for (int index = 0; index < verdicts.length(); index++) {
            String id = Ids.rolloutId(task, iteration, index);
            switch (verdicts.charAt(index)) {
                case 'P' -> rollout(task, iteration, index, steps, contextId).grade(id, task, iteration, true);
                case 'F' -> rollout(task, iteration, index, steps, contextId).grade(id, task, iteration, false);
                case 'U' -> rollout(task, iteration, index, steps, contextId);
                case 'C' -> rollout(task, iteration, index, steps, contextId, "stopped");
                case 'X' -> failure("rollout", id, task, "sandbox", "the sandbox did not start");
                case 'S' -> failure("rollout", id, task, "stopped", "the budget was spent");
                default -> throw new IllegalArgumentException(verdicts);
            }
        }
        return this;
    }

    private FixtureRun rollout(String task, int iteration, int index, int steps, String contextId) {
        rollout(task, iteration, index, steps, contextId, index == 3 ? "step_limit" : "submitted");
        return summary(task, iteration, index);
    }

    private FixtureRun rollout(String task, int iteration, int index, int steps, String contextId, String outcome) {
        String id = Ids.rolloutId(task, iteration, index);
        return add(
                "rollouts",
                Rollout.newBuilder()
                        .setRolloutId(id)
                        .setTaskId(task)
                        .setIteration(iteration)
                        .setIndex(index)
                        .setOutcome(outcome)
                        .setExitStatus(index == 3 ? "LimitsExceeded" : "Submitted")
                        .setSubmission("diff")
                        .setSystemPrompt("You fix programs.")
                        .setTaskPrompt("Fix it.")
                        .setStepCount(steps)
                        .setModelCalls(steps + 1)
                        .setInputTokens(100)
                        .setCachedTokens(40)
                        .setOutputTokens(10)
                        .setCostUsd(0.25)
                        .setCostUsdPaid(0.125)
                        .setStartedAt(Instant.EPOCH)
                        .setDurationMs(2000)
                        .setContextId(contextId)
                        .setModel("repair/test")
                        .setSeed(7)
                        .build());
    }

    private FixtureRun summary(String task, int iteration, int index) {
        String id = Ids.rolloutId(task, iteration, index);
        return add(
                "summaries",
                Summary.newBuilder()
                        .setRolloutId(id)
                        .setTaskId(task)
                        .setIteration(iteration)
                        .setRepresentation("summary")
                        .setText("It was done.")
                        .setModelCalls(1)
                        .setTokens(30)
                        .setInputTokens(20)
                        .setCachedTokens(0)
                        .setOutputTokens(10)
                        .setCostUsd(0.0625)
                        .setCostUsdPaid(0)
                        .build());
    }

    FixtureRun grade(String rolloutId, String task, int iteration, boolean resolved) {
        return add(
                "grades",
                Grade.newBuilder()
                        .setRolloutId(rolloutId)
                        .setTaskId(task)
                        .setIteration(iteration)
                        .setResolved(resolved)
                        .setReward(resolved ? 1 : 0)
                        .setReason(resolved ? null : "check_failed")
                        .setReturnCode(resolved ? 0 : 1)
                        .setDurationMs(5)
                        .build());
    }

    FixtureRun failure(String step, String element, String task, String kind, String message) {
        return add(
                "failures",
                Failure.newBuilder()
                        .setStep(step)
                        .setElementId(element)
                        .setTaskId(task)
                        .setKind(kind)
                        .setMessage(message)
                        .setAttempts(3)
                        .build());
    }

    /** Work that was lost to a failure after some model calls. */
    FixtureRun lost(String step, String element, String task, int calls) {
        return add(
                "failures",
                Failure.newBuilder()
                        .setStep(step)
                        .setElementId(element)
                        .setTaskId(task)
                        .setKind("model")
                        .setMessage("no answer")
                        .setModelCalls(calls)
                        .build());
    }

    /**
     * One match with its votes. {@code choices} holds the index of the rollout that each vote names, in order; -1 is an invalid vote, -2 one
     * that the judge did not answer. Even votes show the
     * candidates in order, odd ones in reverse. Votes after the second are tie breaks.
     */
    FixtureRun match(
            String task,
            int iteration,
            String stage,
            int round,
            int group,
            List<Integer> candidates,
            int winner,
            String decidedBy,
            int... choices) {
        String id = Ids.matchId(task, iteration, stage, round, group);
        List<String> ids =
                candidates.stream().map(i -> Ids.rolloutId(task, iteration, i)).toList();
        List<String> reversed = new ArrayList<>(ids);
        Collections.reverse(reversed);
        boolean identical = decidedBy.equals("identical");
        add(
                "matches",
                Match.newBuilder()
                        .setMatchId(id)
                        .setTaskId(task)
                        .setIteration(iteration)
                        .setStage(stage)
                        .setRound(round)
                        .setGroup(group)
                        .setCandidates(ids)
                        .setRepresentedBy(ids.stream()
                                .map(c -> identical ? ids.get(0) : c)
                                .toList())
                        .setTally(candidates.stream()
                                .map(c -> (int) IntStream.of(choices)
                                        .filter(v -> v == c)
                                        .count())
                                .toList())
                        .setWinner(Ids.rolloutId(task, iteration, winner))
                        .setDecidedBy(decidedBy)
                        .build());
        for (int vote = 0; vote < choices.length; vote++) {
            boolean valid = choices[vote] >= 0;
            add(
                    "votes",
                    Vote.newBuilder()
                            .setMatchId(id)
                            .setTaskId(task)
                            .setVote(vote)
                            .setPurpose(vote < 2 ? "regular" : "tie_break")
                            .setPresentationOrder(vote % 2 == 0 ? ids : reversed)
                            .setChoice(valid ? Ids.rolloutId(task, iteration, choices[vote]) : null)
                            .setValid(valid)
                            .setReply(choices[vote] == -2 ? null : "I vote.")
                            .setAsks(valid ? 1 : 3)
                            .setMalformedAnswers(choices[vote] == -2 ? null : valid ? 0 : 3)
                            .setSeed(9)
                            .setTokens(12)
                            .setInputTokens(11)
                            .setCachedTokens(0)
                            .setOutputTokens(1)
                            .setCostUsd(0.5)
                            .setCostUsdPaid(0.5)
                            .build());
        }
        return this;
    }

    FixtureRun select(String task, int iteration, String stage, int... survivors) {
        for (int i = 0; i < survivors.length; i++) {
            add(
                    "selections",
                    Selection.newBuilder()
                            .setTaskId(task)
                            .setIteration(iteration)
                            .setStage(stage)
                            .setRank(i + 1)
                            .setRolloutId(Ids.rolloutId(task, iteration, survivors[i]))
                            .build());
        }
        return this;
    }

    FixtureRun context(String contextId, String task, int iteration, int... members) {
        return add(
                "contexts",
                RefinementContext.newBuilder()
                        .setContextId(contextId)
                        .setTaskId(task)
                        .setIteration(iteration)
                        .setRolloutIds(IntStream.of(members)
                                .mapToObj(i -> Ids.rolloutId(task, iteration - 1, i))
                                .toList())
                        .setText("Others tried.")
                        .build());
    }

    private FixtureRun add(String table, SpecificRecordBase row) {
        tables.computeIfAbsent(table, t -> new ArrayList<>()).add(row);
        return this;
    }

    /** Writes every table that has a row, in two files where it has two rows. */
    Path write() throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, List<SpecificRecordBase>> table : tables.entrySet()) {
            List<SpecificRecordBase> rows = table.getValue();
            Path target = Files.createDirectories(folder.resolve(table.getKey()));
            int half = rows.size() / 2;
            writeFile(target.resolve("part-1.parquet"), rows.subList(half, rows.size()));
            if (half > 0) {
                writeFile(target.resolve("part-0.parquet"), rows.subList(0, half));
            }
        }
        return folder;
    }

    private static void writeFile(Path file, List<SpecificRecordBase> rows) throws IOException {
        SpecificRecordBase first = rows.get(0);
        try (ParquetWriter<SpecificRecordBase> writer = AvroParquetWriter.<SpecificRecordBase>builder(
                        new LocalOutputFile(file))
                .withSchema(first.getSchema())
                .withDataModel(first.getSpecificData())
                .withConf(new PlainParquetConfiguration(Map.of("parquet.avro.write-old-list-structure", "false")))
                .build()) {
            for (SpecificRecordBase row : rows) {
                writer.write(row);
            }
        }
    }
}
