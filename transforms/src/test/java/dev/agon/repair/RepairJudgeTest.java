package dev.agon.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.model.ChatMessage;
import dev.agon.model.ChatRequest.Role;
import dev.agon.schemas.Facts;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RepairJudgeTest {

    private static final RepairModel MODEL = new RepairModel(20);

    private static final Facts PASSES =
            facts().setCheckBefore(false).setCheckAfter(true).build();
    private static final Facts FAILS =
            facts().setCheckBefore(false).setCheckAfter(false).build();
    private static final Facts PASSED_BEFORE =
            facts().setCheckBefore(true).setCheckAfter(true).build();
    private static final Facts NOTHING_DONE =
            Facts.newBuilder(FAILS).setChanged(false).build();

    @Test
    void prefersWhatWasCheckedInEveryPosition() {
        List<Facts> ranked = List.of(PASSES, PASSED_BEFORE, FAILS, NOTHING_DONE);
        for (int better = 0; better < ranked.size(); better++) {
            for (int worse = better + 1; worse < ranked.size(); worse++) {
                assertThat(vote(0, 1, ranked.get(better), ranked.get(worse))).isEqualTo(1);
                assertThat(vote(0, 1, ranked.get(worse), ranked.get(better))).isEqualTo(2);
            }
        }
        assertThat(vote(0, 1, FAILS, NOTHING_DONE, PASSES, FAILS)).isEqualTo(3);
    }

    @Test
    void withoutAnyCheckTheOneThatSubmittedWithFewerTokensIsBetter() {
        Facts few = facts().setOutputTokens(900).build();
        Facts many = facts().setOutputTokens(1_000).build();
        assertThat(vote(0, 1, many, few)).isEqualTo(2);
        Facts stopped = Facts.newBuilder(few).setSubmitted(false).build();
        assertThat(vote(0, 1, many, stopped)).isEqualTo(1);
    }

    @Test
    void seedsMatterAboveTemperatureZeroOnly() {
        assertThat(LongStream.range(0, 50).map(seed -> vote(0, seed, PASSES, FAILS)))
                .containsOnly(1L);
        assertThat(LongStream.range(0, 200).map(seed -> vote(4, seed, PASSES, FAILS)))
                .contains(1L, 2L);
        assertThat(vote(4, 7, PASSES, FAILS)).isEqualTo(vote(4, 7, PASSES, FAILS));
    }

    @Test
    void withoutCandidatesThereIsNoVote() {
        assertThat(MODEL.reply(ToyTask.request(Role.JUDGE, List.of(ChatMessage.user("<vote>1</vote>")), 1, 0))
                        .content())
                .doesNotContain("<vote>");
    }

    private static Facts.Builder facts() {
        return Facts.newBuilder()
                .setSubmitted(true)
                .setChanged(true)
                .setSteps(10)
                .setOutputTokens(1_000);
    }

    private static long vote(double temperature, long seed, Facts... candidates) {
        String reply = MODEL.reply(ToyTask.request(Role.JUDGE, List.of(ChatMessage.user("Choose.")), seed, temperature)
                        .withFacts(List.of(candidates)))
                .content();
        assertThat(reply).matches("(?s).*<vote>\\d+</vote>");
        return Long.parseLong(reply.replaceAll("(?s).*<vote>(\\d+)</vote>", "$1"));
    }
}
