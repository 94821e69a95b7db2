package dev.agon.summarize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.journal.FolderBlobs;
import dev.agon.journal.Journal;
import dev.agon.model.Account;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.MalformedAnswerException;
import dev.agon.model.ModelException;
import dev.agon.model.Usage;
import dev.agon.runtime.JournaledAnswers;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import dev.agon.schemas.Summary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trajectories that are longer than what the summariser can read at once. */
class SummaryInPartsTest {

    private static final String SUMMARY =
            "{\"hypotheses\": [], \"actions\": [\"a\"], \"evidence\": [], \"files_changed\": [],"
                    + " \"progress\": \"p\", \"failure_modes\": [], \"open_questions\": [], \"outcome\": \"solved\"}";

    private final List<String> asked = new ArrayList<>();
    private SummarizerConfig config = Configs.of(4_096, true);
    private int longestPrompt = Integer.MAX_VALUE;
    private int tooLong;
    private String notes = "Looked around. ";
    private Account account;

    @TempDir
    Path folder;

    @Test
    void everyStepIsShownInOrderAndNoPromptIsLongerThanTheWindow() throws Exception {
        Summary summary = summarize(rollout(200));
        List<String> parts = asked.subList(0, asked.size() - 1);
        assertThat(parts)
                .hasSizeGreaterThan(10)
                .allMatch(prompt -> prompt.contains("Now write your notes on this part"));
        assertThat(asked).allMatch(prompt -> prompt.length() <= (4_096 - 100) * 3);
        assertThat(steps(parts)).isEqualTo(IntStream.rangeClosed(1, 200).boxed().toList());
        String last = asked.get(asked.size() - 1);
        assertThat(last)
                .contains("these are notes on its " + parts.size() + " parts, in order")
                .contains("=== Notes on part 1\nLooked around.", "=== Notes on part " + parts.size() + "\n")
                .contains("<change fence=", "+changed", "\"submitted\" after 200 steps");
        assertThat(parts).noneMatch(prompt -> prompt.contains("+changed"));
        assertThat(summary.getParts()).isEqualTo(parts.size());
        assertThat(summary.getStepsSeen()).isEqualTo(200);
        assertThat(summary.getModelCalls()).isEqualTo(asked.size());
        assertThat(summary.getCostUsd()).isEqualTo(0.5 * asked.size());
    }

    @Test
    void whatFitsIsAskedForAtOnceAsBefore() throws Exception {
        Summary summary = summarize(rollout(5));
        assertThat(asked).hasSize(1).noneMatch(prompt -> prompt.contains("parts"));
        assertThat(summary.getParts()).isEqualTo(1);
        assertThat(summary.getStepsSeen()).isEqualTo(5);
    }

    @Test
    void notesThatAreTooLongAreReadInPartsAgain() throws Exception {
        notes = "Much was seen. ".repeat(500);
        Summary summary = summarize(rollout(200));
        assertThat(asked.size() - 1).isGreaterThan(summary.getParts());
        assertThat(asked).allMatch(prompt -> prompt.length() <= (4_096 - 100) * 3);
        assertThat(steps(asked)).isEqualTo(IntStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void aRestartBuysNothingAndALongerTrajectoryOnlyWhatIsNew() throws Exception {
        Summary first = summarize(rollout(200));
        asked.clear();
        summarize(rollout(200));
        assertThat(asked).isEmpty();
        Summary longer = summarize(rollout(220));
        // The last part of before has grown; what comes after it is new, and so is the summary.
        assertThat(asked).hasSize(longer.getParts() - first.getParts() + 2);
        assertThat(steps(asked)).contains(201, 220).doesNotContain(1, 100);
    }

    @Test
    void aModelThatFindsAQuestionTooLongIsAskedShorterOnes() throws Exception {
        config = Configs.of(SummarizerConfig.NO_LIMIT, true);
        longestPrompt = 9_000;
        Summary summary = summarize(rollout(200));
        assertThat(summary.getParts()).isGreaterThan(10);
        assertThat(summary.getStepsSeen()).isEqualTo(200);
        assertThat(summary.getModelCalls()).isEqualTo(asked.size());
        asked.clear();
        tooLong = 0;
        assertThat(summarize(rollout(200)).getText()).isEqualTo(summary.getText());
        assertThat(asked).isEmpty();
        assertThat(tooLong).as("what was too long is in the journal").isZero();
        longestPrompt = 100;
        assertThatThrownBy(() -> summarize(rollout(201)))
                .isInstanceOf(ModelException.class)
                .hasMessage("too long");
    }

    @Test
    void emptyNotesAreNoNotes() {
        notes = " ";
        assertThatThrownBy(() -> summarize(rollout(200)))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessage("the notes on a part are empty");
    }

    @Test
    void aPlanCountsNoFewerCallsAndCharactersThanThereAre() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 12; i++) {
            asked.clear();
            config = Configs.of(2_200 + random.nextInt(9_000), true);
            notes = "Much was seen. ".repeat(1 + random.nextInt(300));
            Rollout rollout = rollout(1 + random.nextInt(300));
            summarize(rollout);
            int trace = TraceText.whole(rollout).text().length();
            SummarySizes sizes = new SummarySizes(config);
            SummarySizes.Parts parts = sizes.parts("make it one", trace);
            assertThat(parts.calls()).isGreaterThanOrEqualTo(asked.size() - 1);
            assertThat(parts.characters() + sizes.question("make it one", trace))
                    .isGreaterThanOrEqualTo(
                            asked.stream().mapToInt(String::length).sum());
        }
    }

    private static List<Integer> steps(List<String> prompts) {
        return prompts.stream()
                .flatMap(prompt -> prompt.lines())
                .filter(line -> line.matches("=== Step \\d+: agent"))
                .map(line -> Integer.valueOf(line.replaceAll("\\D", "")))
                .toList();
    }

    private Summary summarize(Rollout rollout) throws Exception {
        ChatModel model = request -> answer(request);
        account = new Account();
        return new Summarizer(new JournaledAnswers(model, new Journal(new FolderBlobs(folder))), config, 7)
                .summarize(SummarySource.of(rollout, "t/0/0", null, config), "make it one", account);
    }

    private ChatReply answer(ChatRequest request) throws ModelException {
        String prompt = String.join(
                "", request.messages().stream().map(ChatMessage::content).toList());
        if (prompt.length() > longestPrompt) {
            tooLong++;
            throw new ModelException(ModelException.Kind.CONTEXT_LENGTH, "too long");
        }
        asked.add(prompt);
        String reply = prompt.contains("as one JSON object") ? SUMMARY : notes;
        return new ChatReply(reply, Optional.empty(), new Usage(10, 0, 2, 0.5));
    }

    private static Rollout rollout(int steps) {
        List<Step> all = new ArrayList<>();
        for (int number = 1; number <= steps; number++) {
            all.add(Step.newBuilder()
                    .setNumber(number)
                    .setMessage("THOUGHT: line " + number + "\n" + "I look on. ".repeat(number % 50))
                    .setObservation("seen\n".repeat(number * 7 % 60))
                    .setInputTokens(1)
                    .setCachedTokens(0)
                    .setOutputTokens(1)
                    .setCostUsd(0)
                    .setModelMs(0)
                    .build());
        }
        return Rollout.newBuilder()
                .setRolloutId("t/0/0")
                .setTaskId("t")
                .setIteration(0)
                .setIndex(0)
                .setOutcome("submitted")
                .setExitStatus("Submitted")
                .setSubmission("+changed\n")
                .setSystemPrompt("s")
                .setTaskPrompt("t")
                .setSteps(all)
                .setStepCount(steps)
                .setModelCalls(1)
                .setInputTokens(1)
                .setCachedTokens(0)
                .setOutputTokens(1)
                .setCostUsd(0)
                .setCostUsdPaid(0)
                .setStartedAt(Instant.EPOCH)
                .setDurationMs(0)
                .setModel("m")
                .setSeed(1)
                .build();
    }
}
