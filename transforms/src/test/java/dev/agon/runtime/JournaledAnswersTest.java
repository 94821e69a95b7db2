package dev.agon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.journal.BlobKind;
import dev.agon.journal.FolderBlobs;
import dev.agon.journal.Journal;
import dev.agon.journal.JournalKey;
import dev.agon.model.Account;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.Sampling;
import dev.agon.model.TokenLogprob;
import dev.agon.model.Usage;
import dev.agon.runtime.JournaledAnswers.Answers;
import dev.agon.runtime.JournaledAnswers.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournaledAnswersTest {

    private static final ChatRequest QUESTION = new ChatRequest(
            ChatRequest.Role.JUDGE, List.of(ChatMessage.user("?")), new Sampling(1, OptionalDouble.empty(), 10, 1));

    private final List<List<Long>> bought = new ArrayList<>();
    private final Account account = new Account();

    @TempDir
    Path folder;

    @Test
    void anAnswerIsBoughtOnceAndTheSameWhenItIsFound() throws Exception {
        ChatReply first = answers().ask(key(0), QUESTION, true, account);
        ChatReply again = answers().ask(key(0), QUESTION, true, account);
        assertThat(again).isEqualTo(first);
        assertThat(bought).containsExactly(List.of(1L));
        assertThat(account.calls()).isEqualTo(2);
        assertThat(account.boughtCalls()).isEqualTo(1);
        assertThat(account.boughtUsd()).isEqualTo(0.5);
        assertThat(account.usage().costUsd()).isEqualTo(1.0);
    }

    @Test
    void onlyTheSamplesThatAreMissingAreAskedForAndTogether() throws Exception {
        answers().ask(key(1), QUESTION, true, account);
        bought.clear();
        Answers answers = answers().ask(samples(3), QUESTION, true);
        assertThat(bought).containsExactly(List.of(10L, 12L));
        assertThat(answers.unanswered()).isEmpty();
        assertThat(answers.replies())
                .extracting(reply -> reply.orElseThrow().content())
                .containsExactly("10", "1", "12");
        assertThat(answers().ask(samples(3), QUESTION, true)).isEqualTo(answers);
        assertThat(bought).hasSize(1);
    }

    @Test
    void whatACallDoesNotGiveIsAskedForAgainAndWhatCameBeforeAFailureStays() throws Exception {
        ChatModel oneByOne = new ChatModel() {
            @Override
            public ChatReply reply(ChatRequest request) throws ModelException {
                throw new ModelException(ModelException.Kind.REFUSED, "no", 1, "", new Usage(7, 0, 0, 0.25), null);
            }

            @Override
            public List<ChatReply> replies(ChatRequest request, List<Long> seeds) {
                bought.add(seeds);
                return List.of(answer(seeds.get(0)));
            }
        };
        Answers answers =
                new JournaledAnswers(oneByOne, new Journal(new FolderBlobs(folder))).ask(samples(3), QUESTION, true);
        assertThat(bought).containsExactly(List.of(10L, 11L, 12L), List.of(11L, 12L));
        assertThat(answers.replies()).extracting(Optional::isPresent).containsExactly(true, true, false);
        assertThat(answers.unanswered()).get().extracting(ModelException::kind).isEqualTo(ModelException.Kind.REFUSED);
        assertThat(account.boughtUsd()).as("two answers, and the refusal").isEqualTo(1.25);
        bought.clear();
        answers().ask(samples(3), QUESTION, true);
        assertThat(bought).containsExactly(List.of(12L));
    }

    @Test
    void whatFailsIsNotStored() {
        JournaledAnswers failing = new JournaledAnswers(
                request -> {
                    throw new ModelException(ModelException.Kind.UNAVAILABLE, "gone");
                },
                new Journal(new FolderBlobs(folder)));
        assertThatThrownBy(() -> failing.ask(key(0), QUESTION, true, account)).isInstanceOf(ModelException.class);
        assertThat(account.calls()).isZero();
    }

    private List<Sample> samples(int number) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            samples.add(new Sample(key(i), 10 + i, account));
        }
        return samples;
    }

    private static JournalKey key(int number) {
        return new JournalKey(BlobKind.VOTES, "m/" + number, "hash");
    }

    private JournaledAnswers answers() {
        ChatModel model = new ChatModel() {
            @Override
            public ChatReply reply(ChatRequest request) {
                bought.add(List.of(request.sampling().seed()));
                return answer(request.sampling().seed());
            }

            @Override
            public List<ChatReply> replies(ChatRequest request, List<Long> seeds) {
                bought.add(seeds);
                return seeds.stream().map(JournaledAnswersTest::answer).toList();
            }
        };
        return new JournaledAnswers(model, new Journal(new FolderBlobs(folder)));
    }

    @Test
    void thatAQuestionIsTooLongIsKeptOnlyWhereAShorterOneTakesItsPlace() throws Exception {
        ChatModel narrow = request -> {
            bought.add(List.of(request.sampling().seed()));
            throw new ModelException(ModelException.Kind.CONTEXT_LENGTH, "too long");
        };
        JournaledAnswers answers = new JournaledAnswers(narrow, new Journal(new FolderBlobs(folder)));
        for (int start = 0; start < 2; start++) {
            assertThatThrownBy(() -> answers.ask(key(0), QUESTION, true, account))
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.CONTEXT_LENGTH));
        }
        assertThat(bought).hasSize(1);
        for (int start = 0; start < 2; start++) {
            assertThatThrownBy(() -> answers.ask(key(1), QUESTION, false, account))
                    .isInstanceOf(ModelException.class);
        }
        assertThat(bought).as("a wider window may take it").hasSize(3);
        assertThat(account.calls()).isZero();
    }

    private static ChatReply answer(long seed) {
        return new ChatReply(
                Long.toString(seed),
                Optional.of("because"),
                List.of(),
                Optional.empty(),
                List.of(new TokenLogprob("a", -0.5, Map.of("a", -0.5, "b", -1.5))),
                new Usage(10, 4, 2, 3, 1, 0.5, false));
    }
}
