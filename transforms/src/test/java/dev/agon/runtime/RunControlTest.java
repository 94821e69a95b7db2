package dev.agon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.journal.FolderBlobs;
import dev.agon.journal.Ledger;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.journal.Spent;
import dev.agon.journal.Stop;
import dev.agon.journal.StopFlag;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;
import dev.agon.model.Sampling;
import dev.agon.model.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunControlTest {

    private static final ChatRequest QUESTION = new ChatRequest(
            ChatRequest.Role.AGENT, List.of(ChatMessage.user("?")), new Sampling(1, OptionalDouble.empty(), 10, 1));

    private final AtomicInteger bought = new AtomicInteger();
    private final Progress progress = new Progress();

    @TempDir
    Path folder;

    @Test
    void nothingIsBoughtOnceTheBudgetIsUsedUp() throws Exception {
        RunControl control = control("1", new Budget(1.0, null));
        ChatModel model = metered(control, answering(0.4));
        for (int call = 0; call < 3; call++) {
            model.reply(QUESTION);
        }
        assertThat(control.stop()).get().extracting(Stop::kind).isEqualTo(Stop.Kind.BUDGET);
        assertThatThrownBy(() -> model.reply(QUESTION))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED))
                .hasMessage(
                        "the budget of $1.0 is used up: $1.2000 were spent in 3 calls. Raise budget.usd and run again"
                                + " to go on from here");
        assertThat(bought).hasValue(3);
    }

    @Test
    void aBudgetOfTokensHoldsToo() throws Exception {
        RunControl control = control("1", new Budget(null, 24L));
        ChatModel model = metered(control, answering(0));
        model.reply(QUESTION);
        assertThat(control.stopRequested()).isFalse();
        model.reply(QUESTION);
        assertThat(control.stopRequested()).isTrue();
    }

    @Test
    void theBudgetIsCountedOverStartsAndWorkers() throws Exception {
        RunControl first = control("1", new Budget(1.0, null));
        metered(first, answering(0.6)).reply(QUESTION);
        exchange(first);
        RunControl second = control("2", new Budget(1.0, null));
        RunControl third = control("3", new Budget(1.0, null));
        assertThat(second.stopRequested()).isFalse();
        metered(second, answering(0.6)).reply(QUESTION);
        exchange(second);
        exchange(third);
        assertThat(third.stop()).get().extracting(Stop::kind).isEqualTo(Stop.Kind.BUDGET);
        assertThat(third.spent()).isEqualTo(new Spent(2, 24, 1.2));
    }

    @Test
    void aStopReachesTheOtherWorkersOfTheStartWithItsReason() throws Exception {
        RunControl one = control("1", Budget.NONE);
        RunControl other = control("1b", Budget.NONE);
        ChatModel model = metered(one, request -> {
            throw new ModelException(Kind.MISCONFIGURED, "the key in KEY is not accepted");
        });
        assertThatThrownBy(() -> model.reply(QUESTION))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED));
        exchange(other);
        assertThat(other.stop()).contains(new Stop(Stop.Kind.MISCONFIGURED, "the key in KEY is not accepted"));
    }

    @Test
    void aRunThatEndsForItsBudgetCanStillBeCancelledOnEveryWorker() throws Exception {
        RunControl one = control("1", new Budget(0.5, null));
        RunControl other = control("1b", new Budget(0.5, null));
        metered(one, answering(0.6)).reply(QUESTION);
        exchange(one);
        exchange(other);
        assertThat(other.stop()).get().extracting(Stop::kind).isEqualTo(Stop.Kind.BUDGET);
        one.cancel("enough");
        exchange(other);
        assertThat(other.stop()).contains(new Stop(Stop.Kind.CANCELLED, "enough"));
        exchange(control("2", new Budget(0.5, null)));
        assertThat(new StopFlag(new FolderBlobs(folder), "run/start").read())
                .contains(new Stop(Stop.Kind.CANCELLED, "enough"));
    }

    @Test
    void aRefusalThatWasBilledCounts() throws Exception {
        RunControl control = control("1", Budget.NONE);
        ChatModel model = metered(control, request -> {
            throw new ModelException(Kind.REFUSED, "no", 1, "", new Usage(10, 0, 2, 0.5), null);
        });
        assertThatThrownBy(() -> model.reply(QUESTION)).isInstanceOf(ModelException.class);
        assertThat(control.spent()).isEqualTo(new Spent(1, 12, 0.5));
        assertThat(progress.get(Counter.MODEL_CALLS)).isEqualTo(1);
        assertThat(progress.get(Counter.IN_FLIGHT)).isZero();
    }

    private RunControl control(String worker, Budget budget) throws Exception {
        FolderBlobs blobs = new FolderBlobs(folder);
        RunControl control = new RunControl(
                budget, new Ledger(blobs, "run", "start", worker), new StopFlag(blobs, "run/start"), System::nanoTime);
        exchange(control);
        return control;
    }

    private static void exchange(RunControl control) throws IOException {
        control.tellBought();
        control.learnStop();
        control.learnBought();
        control.tellStop();
    }

    private ChatModel metered(RunControl control, ChatModel model) {
        return new MeteredModel(model, new Permits(1), control, progress);
    }

    private ChatModel answering(double usd) {
        return request -> {
            bought.incrementAndGet();
            return new ChatReply("a", Optional.empty(), new Usage(10, 0, 2, usd));
        };
    }
}
