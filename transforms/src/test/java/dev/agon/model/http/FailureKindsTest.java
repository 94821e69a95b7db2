package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;
import java.net.ConnectException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

@Timeout(20)
class FailureKindsTest {

    private static final Behaviour GOOD = Behaviour.completion("good");
    private static final Behaviour BAD = Behaviour.json(400, "{\"error\":{\"message\":\"unknown field\"}}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|{\"error\":{\"message\":\"Your input is big.\",\"code\":\"context_length_exceeded\"}}",
                "400|{\"error\":{\"message\":\"This model's maximum context length is 8192 tokens. However, your request has 9000 input tokens.\",\"type\":\"BadRequestError\",\"code\":400}}",
                "400|{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096 tokens.\",\"code\":400}",
                "400|{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context size, try increasing it\",\"type\":\"exceed_context_size_error\"}}",
                "400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\"}}",
                "400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"input length and `max_tokens` exceed context limit: 1 + 2 > 3\"}}",
                "413|{\"type\":\"error\",\"error\":{\"type\":\"request_too_large\",\"message\":\"Request exceeds the maximum size\"}}",
                "400|{\"error\":{\"code\":400,\"message\":\"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).\",\"status\":\"INVALID_ARGUMENT\"}}",
                "400|{\"error\":{\"message\":\"litellm.ContextWindowExceededError: litellm.BadRequestError\"}}",
                "400|{\"message\":\"The input (9000 tokens) is longer than the model's context length (8192 tokens).\"}",
                "422|{\"detail\":[{\"msg\":\"prompt exceeds the context window of the model\"}]}",
                "200|{\"error\":{\"code\":400,\"message\":\"maximum context length is 8000 tokens\"}}",
                "400|{\"error\":{\"message\":\"Invalid request: Your request exceeded model token limit: 262144 (requested: 291351)\",\"type\":\"invalid_request_error\"}}",
                "400|{\"code\":\"Client specified an invalid argument\",\"error\":\"This model's maximum prompt length is 131072 but the request contains 150000 tokens.\"}",
                "400|{\"error\":{\"message\":\"Prompt exceeds max length\",\"code\":\"1261\"}}",
                "400|{\"error\":\"The number of tokens to keep from the initial prompt is greater than the context length. Try to load the model with a larger context length, or provide a shorter input\"}",
                "400|{\"error\":{\"message\":\"<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 129024]\"}}",
                "422|{\"error\":\"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8192. Given: 9000 `inputs` tokens and 4096 `max_new_tokens`\",\"error_type\":\"validation\"}",
            })
    void tooLongConversationsAreTheirOwnKind(int status, String body) {
        assertKind(Kind.CONTEXT_LENGTH, status, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|{\"error\":{\"code\":\"content_policy_violation\",\"message\":\"rejected\"}}",
                "400|{\"error\":{\"code\":\"content_filter\",\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}",
                "400|{\"error\":{\"message\":\"no\",\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}",
                "403|{\"error\":{\"code\":403,\"message\":\"Your chosen model requires moderation and your input was flagged\"}}",
                "200|{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"I cannot help\"}}]}",
                "200|{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"content_filter\"}]}",
            })
    void declinedAnswersAreTheirOwnKind(int status, String body) {
        assertKind(Kind.REFUSED, status, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401|{}|does not accept the key|variable TEST_KEY",
                "403|{}|does not accept the key|variable TEST_KEY",
                "400|{\"error\":{\"message\":\"API key not valid\"}}|does not accept the key|variable TEST_KEY",
                "404|{\"error\":{\"code\":\"model_not_found\"}}|knows no such model|Check name and base_url",
                "402|{}|nothing left to spend|raise the limit",
                "429|{\"error\":{\"code\":\"insufficient_quota\"}}|nothing left to spend|raise the limit",
                "400|{\"error\":{\"message\":\"Your credit balance is too low\"}}|nothing left to spend|raise the limit",
                "400|{\"error\":{\"message\":\"unknown field\"}}|rejects every request|sampling parameters",
                "422|{}|rejects every request|sampling parameters",
                "400|{\"message\":\"max_tokens is too large: 100. This model's maximum context length is 90 tokens\"}|leaves no room|Lower max_tokens",
            })
    void mistakesStopTheRunWithWhatToDo(int status, String body, String what, String advice) {
        ModelException failure = assertKind(Kind.MISCONFIGURED, status, body);
        assertThat(failure)
                .hasMessageStartingWith("openai/test-model at http://127.0.0.1:")
                .hasMessageContaining(what)
                .hasMessageContaining(advice);
    }

    private static ModelException assertKind(Kind kind, int status, String body) {
        try (HttpFixture http = new HttpFixture(Behaviour.json(status, body))) {
            ModelException failure = http.failure();
            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
            assertThat(failure.tries()).isEqualTo(1);
            assertThat(http.server.requests()).hasSize(1);
            return failure;
        }
    }

    @Test
    void aConversationAboutLongContextsIsNoContextError() {
        String echo = "{\"error\":{\"message\":\"bad field\"},\"input\":\"maximum context length\"}";
        assertKind(Kind.MISCONFIGURED, 400, echo);
    }

    @Test
    void aConversationThatHasGrownIsPresumedFullWhateverTheWords() {
        String unheardOf = "{\"error\":{\"message\":\"Too many context units\"}}";
        assertThat(ServerFailure.of(400, ErrorWords.in(unheardOf), 4096, true)).isEqualTo(ServerFailure.CONTEXT_LENGTH);
        assertThat(ServerFailure.of(400, ErrorWords.in(unheardOf), 4096, false)).isEqualTo(ServerFailure.BAD_REQUEST);
        assertThat(ServerFailure.of(400, "unknown field", 4096, true)).isEqualTo(ServerFailure.BAD_REQUEST);
    }

    @Test
    void aLongConversationThatIsRejectedSaysNothingOfOthers() {
        ModelHistory history = new ModelHistory();
        history.answered();
        for (int conversation = 0; conversation < 5; conversation++) {
            assertThat(history.rejected(List.of(
                            ChatMessage.user("task " + conversation),
                            ChatMessage.assistant("one"),
                            ChatMessage.user("seen"),
                            ChatMessage.assistant("two"))))
                    .isFalse();
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsAMistakeAndABrokenHandshakeIsNot() {
        SSLHandshakeException untrusted = new SSLHandshakeException("PKIX path building failed");
        untrusted.initCause(new CertificateException(new CertPathBuilderException("no path")));
        assertThat(ServerFailure.of(untrusted)).isEqualTo(ServerFailure.UNTRUSTED);
        assertThat(ServerFailure.of(new SSLPeerUnverifiedException("another host")))
                .isEqualTo(ServerFailure.UNTRUSTED);
        assertThat(ServerFailure.of(new SSLHandshakeException("Remote host terminated the handshake")))
                .isEqualTo(ServerFailure.TRANSIENT);
        assertThat(ServerFailure.of(new ConnectException("refused"))).isEqualTo(ServerFailure.TRANSIENT);
    }

    @Test
    void aRedirectNamesWhereItLeads() {
        try (HttpFixture http = new HttpFixture(Behaviour.json(308, "", "Location: https://elsewhere.example/v1"))) {
            ModelException failure = http.failure();
            assertThat(failure.kind()).isEqualTo(Kind.MISCONFIGURED);
            assertThat(failure).hasMessageContaining("HTTP 308 to https://elsewhere.example/v1. Set base_url");
            assertThat(http.server.requests()).hasSize(1);
        }
    }

    @Test
    void oneRejectedRequestAmongAnsweredOnesIsUnavailable() throws Exception {
        try (HttpFixture http = new HttpFixture(GOOD, BAD, BAD, GOOD, BAD, BAD, BAD)) {
            http.ask();
            assertThat(http.failure("a").kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(http.failure("b").kind()).isEqualTo(Kind.UNAVAILABLE);
            http.ask();
            assertThat(http.failure("c").kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(http.failure("d").kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(http.failure("e").kind()).isEqualTo(Kind.MISCONFIGURED);
            assertThat(http.server.requests()).hasSize(7);
            assertThat(http.waiting.slept()).isZero();
        }
    }

    @Test
    void oneOddConversationDoesNotStopARunHoweverOftenAndWithWhateverSeedItIsAsked() throws Exception {
        try (HttpFixture http = new HttpFixture(GOOD, BAD)) {
            http.ask();
            for (long seed = 0; seed < 5; seed++) {
                ChatRequest odd = http.request(ChatMessage.user("odd")).withSeed(seed);
                ModelException failure = Assertions.catchThrowableOfType(
                        ModelException.class, () -> http.model().reply(odd));
                assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            }
            assertThat(http.failure("another").kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(http.failure("a third").kind()).isEqualTo(Kind.MISCONFIGURED);
        }
    }

    @Test
    void aRestartedRunIsNotStoppedByTheFirstRequestThatIsRejected() {
        try (HttpFixture http = new HttpFixture(BAD)) {
            http.answeredBefore = true;
            assertThat(http.failure("a").kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(http.failure("b").kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(http.failure("c").kind()).isEqualTo(Kind.MISCONFIGURED);
        }
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "404"})
    void aRestartedRunIsStoppedByAWrongKeyOrModelAtOnce(int status) {
        try (HttpFixture http = new HttpFixture(Behaviour.json(status, "{}"))) {
            http.answeredBefore = true;
            assertThat(http.failure().kind()).isEqualTo(Kind.MISCONFIGURED);
        }
    }

    @Test
    void aMissingKeyIsSaidBeforeAnythingIsSent() {
        try (HttpFixture http = new HttpFixture(GOOD)) {
            http.keyVariable = "NOT_SET";
            ModelException failure = http.failure();
            assertThat(failure.kind()).isEqualTo(Kind.MISCONFIGURED);
            assertThat(failure).hasMessageContaining("environment variable NOT_SET");
            assertThat(http.server.requests()).isEmpty();
        }
    }

    @Test
    void anEndpointThatWantsAKeySaysHowToSetIt() {
        try (HttpFixture http = new HttpFixture(Behaviour.json(401, "{}"))) {
            http.keyVariable = null;
            assertThat(http.failure()).hasMessageContaining("Set api_key_env of the model");
            assertThat(http.server.requests().get(0).headers()).doesNotContainKey("authorization");
        }
    }

    @ParameterizedTest
    @CsvSource({"401", "400", "500", "302"})
    void aKeyThatTheServerRepeatsIsNowhere(int status) {
        String filler = "x".repeat(190);
        String body = "{\"error\":{\"message\":\"" + filler + HttpFixture.KEY + " is wrong\"}}";
        Behaviour echo = Behaviour.json(status, body, "Location: /?key=" + HttpFixture.KEY);
        try (HttpFixture http = new HttpFixture(echo)) {
            ModelException failure = http.failure();
            assertThat(http.server.requests().get(0).headers())
                    .containsEntry("authorization", "Bearer " + HttpFixture.KEY);
            assertThat(failure.getMessage() + failure.detail()).doesNotContain("sk-very");
            assertThat(failure).hasNoCause();
        }
    }

    @Test
    void aKeyIsInNoLogEvenWhereEverythingIsLogged() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        // What goes to the console stays as it was.
        root.iteratorForAppenders().forEachRemaining(FailureKindsTest::silence);
        root.addAppender(log);
        root.setLevel(Level.ALL);
        try (HttpFixture http = new HttpFixture(Behaviour.json(401, "{\"key\":\"" + HttpFixture.KEY + "\"}"))) {
            assertThat(http.failure().kind()).isEqualTo(Kind.MISCONFIGURED);
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
            root.iteratorForAppenders().forEachRemaining(Appender::clearAllFilters);
        }
        assertThat(log.list).isNotEmpty();
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains("sk-very"));
    }

    private static void silence(Appender<ILoggingEvent> appender) {
        appender.addFilter(new ch.qos.logback.core.filter.Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                return event.getLevel().isGreaterOrEqual(Level.WARN) ? FilterReply.NEUTRAL : FilterReply.DENY;
            }
        });
    }
}
