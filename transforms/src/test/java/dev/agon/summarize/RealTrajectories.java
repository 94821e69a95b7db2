package dev.agon.summarize;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatRequest;
import dev.agon.model.MalformedAnswerException;
import dev.agon.model.Sampling;
import dev.agon.repair.RepairModel;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Ids;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.SummarizedRollout;
import dev.agon.schemas.Summary;
import dev.agon.trajectory.Trajectory;
import dev.agon.trajectory.TrajectoryFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The real attempts of a corpus, each with its outcome and with the text that a judge reads in a replay. */
final class RealTrajectories {

    /** @param contender what the judge may know of it */
    record Attempted(boolean resolved, Contender contender) {}

    private static final RepairModel REPAIR = new RepairModel(1);

    private RealTrajectories() {}

    /** By task, in the order of the trials' names. */
    static Map<String, List<Attempted>> of(String archive) throws IOException {
        Map<String, List<Trajectory>> tasks = new TreeMap<>();
        for (Trajectory trajectory : WholeTrajectoriesTest.trajectories(archive)) {
            tasks.computeIfAbsent(trajectory.taskId(), task -> new ArrayList<>())
                    .add(trajectory);
        }
        Map<String, List<Attempted>> attempted = new TreeMap<>();
        for (Map.Entry<String, List<Trajectory>> task : tasks.entrySet()) {
            task.getValue().sort(Comparator.comparing(Trajectory::trial));
            attempted.put(task.getKey(), ofTask(task.getValue()));
        }
        return attempted;
    }

    private static List<Attempted> ofTask(List<Trajectory> trajectories) {
        List<SummarizedRollout> summarized = new ArrayList<>();
        for (int index = 0; index < trajectories.size(); index++) {
            summarized.add(summarized(trajectories.get(index), index));
        }
        List<Contender> contenders = CompareAttempts.compared(summarized).stream()
                .map(SummarizedRollout::getContender)
                .collect(Collectors.toList());
        List<Attempted> attempted = new ArrayList<>();
        for (int index = 0; index < contenders.size(); index++) {
            attempted.add(new Attempted(trajectories.get(index).reward().orElseThrow() >= 1, contenders.get(index)));
        }
        return attempted;
    }

    private static SummarizedRollout summarized(Trajectory trajectory, int index) {
        Rollout rollout = trajectory.rollout();
        rollout.setTaskId(trajectory.taskId());
        String rolloutId = Ids.rolloutId(trajectory.taskId(), 0, index);
        SummarySource attempt = SummarySource.of(rollout, rolloutId, Configs.WITH_EVIDENCE);
        List<ChatMessage> question = new SummaryPrompts(Configs.WITH_EVIDENCE)
                .question(
                        trajectory.statement(),
                        attempt.trace().text(),
                        1,
                        attempt.change(),
                        attempt.outcome(),
                        attempt.stepCount());
        String reply = REPAIR.reply(new ChatRequest(
                        ChatRequest.Role.SUMMARIZER, question, new Sampling(1, OptionalDouble.empty(), 1_000, 1)))
                .content();
        Summary summary;
        try {
            summary = new SummaryWriter(Configs.WITH_EVIDENCE)
                    .fromFields(attempt, SummaryReply.read(reply, false))
                    .setModelCalls(1)
                    .setTokens(0)
                    .setInputTokens(0)
                    .setCachedTokens(0)
                    .setOutputTokens(0)
                    .setCostUsd(0)
                    .setCostUsdPaid(0)
                    .build();
        } catch (MalformedAnswerException e) {
            throw new AssertionError(rolloutId + ": " + reply, e);
        }
        Contender contender = Contender.newBuilder()
                .setRolloutId(rolloutId)
                .setTaskId(trajectory.taskId())
                .setIteration(0)
                .setIndex(index)
                .setStatement(trajectory.statement())
                .setText(summary.getText())
                .build();
        return new SummarizedRollout(
                summary,
                contender,
                attempt.evidence().written(),
                attempt.evidence().shown());
    }

    static TrajectoryFile alone(String path) {
        return new TrajectoryFile() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public byte[] near(String reference) throws IOException {
                throw new IOException("no file refers to another here");
            }
        };
    }
}
