package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import dev.agon.model.ChatMessage;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.model.ModelWorker;
import dev.agon.model.Usage;
import dev.agon.model.http.PacedConnection.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an endpoint until it answers, its failure is final, or the time for retries is over. {@link HttpModel} explains the
 * failures.
 */
final class RetryingCall {

    private static final long FIRST_WAIT = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(60);
    private static final int DOUBLINGS = 6;
    private static final int TRIES_IN_SILENCE = 3;
    private static final double SPREAD = 0.1;

    private static final Logger LOG = LoggerFactory.getLogger(RetryingCall.class);

    private final ModelConfig config;
    private final Dialect dialect;
    private final ModelWorker worker;
    private final Waiting waiting;
    private final Pause pause;
    private final PacedConnection connection;
    private final GenericUrl url;
    private final EndpointFailures failures;
    private final ModelHistory history;

    RetryingCall(ModelConfig config, Dialect dialect, ModelWorker worker, SharedEndpoint endpoint, Waiting waiting) {
        this.config = config;
        this.dialect = dialect;
        this.worker = worker;
        this.waiting = waiting;
        this.pause = new Pause(waiting, worker.stopRequested());
        this.connection = new PacedConnection(config.endpoint(), endpoint, worker, waiting);
        this.url = new GenericUrl(dialect.url());
        this.failures = new EndpointFailures(config);
        this.history = endpoint.history(config.id());
        if (worker.answeredBefore()) {
            history.answeredBefore();
        }
    }

    /**
     * An answer, and what it took.
     *
     * @param tries how often the endpoint was asked
     * @param bytesSent length of the question
     * @param waitedMs milliseconds from the question to the try that was answered
     * @param lost what the failed tries before it consumed
     * @param refusal why the endpoint declined, in words that may be shown; empty when it did not
     */
    record Answered(Answer answer, int tries, long bytesSent, long waitedMs, Usage lost, String refusal) {}

    /** What came in place of an answer, with the words of the endpoint, and how long it wants to be left alone. */
    private record Problem(ServerFailure failure, String said, Optional<Duration> leaveAlone) {

        /** Whether the endpoint refuses the form in which the answer was asked for, and names it. */
        boolean isOfForm() {
            return (failure == ServerFailure.BAD_REQUEST || failure == ServerFailure.NOT_FOUND)
                    && new ErrorWords(said).speakOfForm();
        }

        /** Whether the endpoint refuses a message without text. Some answer so with an error of their own. */
        boolean isOfNull() {
            return (failure == ServerFailure.BAD_REQUEST || failure == ServerFailure.ERROR)
                    && new ErrorWords(said).speakOfNull();
        }
    }

    /**
     * @param conversation what the body asks; rejected requests are told apart by it
     * @param otherForm whether the answer can be asked for in another form
     * @param hasNull whether a message has null as its content, which may be an empty text
     * @throws FormRefusedException when it must be
     */
    Answered ask(Body body, List<ChatMessage> conversation, boolean otherForm, boolean hasNull)
            throws ModelException, FormRefusedException, InterruptedException {
        Secret secret = Secret.of(config.endpoint(), worker);
        FailedTries failed = new FailedTries(secret);
        long asked = waiting.nanos();
        long first = 0;
        boolean onlyErrors = true;
        try {
            while (true) {
                Problem problem;
                try (AnswerMemory.Share memory = connection.memory()) {
                    Sent sent =
                            connection.send(url, headers(secret), body, memory).without(secret);
                    first = failed.tries() == 0 ? sent.started() : first;
                    Optional<JsonNode> json = sent.response().flatMap(HttpAnswer::json);
                    Optional<Answer> answer = answer(sent, json);
                    if (answer.isPresent()) {
                        String refusal =
                                answer.get().refusal().map(failed::shown).orElse("");
                        return new Answered(
                                answer.get(),
                                failed.tries() + 1,
                                body.getLength(),
                                TimeUnit.NANOSECONDS.toMillis(sent.started() - asked),
                                failed.usage(),
                                refusal);
                    }
                    problem = problem(sent, json, ModelHistory.answers(conversation) > 0);
                    // What a try without an answer consumed, when the endpoint says so.
                    Usage consumed =
                            json.flatMap(dialect::usage).map(config::priced).orElse(Usage.NONE);
                    connection.failed(sent, problem.failure(), consumed.tokens());
                    failed.add(sent.started() - first, problem.said(), consumed);
                }
                if (hasNull ? problem.isOfNull() : otherForm && problem.isOfForm()) {
                    throw new FormRefusedException(failed.shown(problem.said()));
                }
                onlyErrors &= problem.failure() == ServerFailure.ERROR;
                if (onlyErrors && !history.hasAnswered() && waiting.nanos() - first >= LONGEST_WAIT) {
                    throw failures.onlyErrors(failed.shown(problem.said()), failed);
                }
                pauseBeforeRetry(problem, conversation, first, failed);
            }
        } catch (StoppedException e) {
            throw failures.stopped(failed);
        }
    }

    private HttpHeaders headers(Secret secret) {
        HttpHeaders headers = new HttpHeaders();
        dialect.addHeaders(headers, secret.key());
        return headers;
    }

    private Optional<Answer> answer(Sent sent, Optional<JsonNode> json) {
        Optional<Answer> answer = json.flatMap(dialect::read);
        answer.ifPresent(valid -> {
            connection.answered(sent, valid.usage().map(Usage::tokens).orElse(sent.tokens()));
            history.answered();
        });
        return answer;
    }

    private Problem problem(Sent sent, Optional<JsonNode> json, boolean grown) {
        if (sent.broken().isPresent()) {
            IOException broken = sent.broken().get();
            String said = broken.getClass().getSimpleName() + ": " + broken.getMessage();
            return new Problem(ServerFailure.of(broken), said, Optional.empty());
        }
        HttpAnswer response = sent.response().orElseThrow();
        int status = response.status();
        String body = FailedTries.beginning(response.body());
        String said = "HTTP " + status + ": " + body;
        Optional<Duration> leaveAlone = Optional.empty();
        if (response.isGood()) {
            OptionalInt within = json.map(ErrorWords::statusWithin).orElse(OptionalInt.empty());
            if (within.isEmpty()) {
                return new Problem(
                        ServerFailure.TRANSIENT, "HTTP " + status + " without an answer: " + body, leaveAlone);
            }
            status = within.getAsInt();
        } else {
            leaveAlone = RetryAfter.ofFailure(status, response.headers(), waiting.now());
        }
        ServerFailure failure = ServerFailure.of(status, ErrorWords.in(body), config.maxTokens(), grown);
        return failure == ServerFailure.REDIRECT
                ? new Problem(
                        failure, "HTTP " + status + " to " + response.headers().getLocation(), leaveAlone)
                : new Problem(failure, said, leaveAlone);
    }

    /** Returns when it is time to try again. Throws when there is no further try. */
    private void pauseBeforeRetry(Problem problem, List<ChatMessage> conversation, long first, FailedTries failed)
            throws ModelException, InterruptedException, StoppedException {
        if (worker.abortRequested().getAsBoolean()) {
            throw new StoppedException();
        }
        ServerFailure failure = problem.failure();
        String said = failed.shown(problem.said());
        if (!failure.mayPass()) {
            boolean isOfAll = failure == ServerFailure.BAD_REQUEST && history.rejected(conversation);
            throw failures.of(failure, isOfAll, said, failed);
        }
        long delay = waitBeforeRetry(failed.tries(), problem.leaveAlone());
        if (waiting.nanos() + delay - first > config.endpoint().retryFor().toNanos()) {
            throw failures.unavailable(said, failed);
        }
        worker.events().retried();
        if (failed.tries() == TRIES_IN_SILENCE && history.isFirst("retry")) {
            LOG.warn("{}", failures.tryingAgain(said, failed));
        }
        pause.during(delay);
    }

    /**
     * How long to wait before a call is tried again. The wait is random, so that calls which failed together do not come back together:
     * up to a second after the first try, twice as much after each further try, and a minute at most. If the server asks for a
     * longer wait, it is that wait and up to a tenth more. A server that asks for no wait does not get the call back at once.
     *
     * <p>Failsafe's retries would use {@code Math.random}, and a sleep that no stop flag ends.
     *
     * @param tries failed tries, 1 or more
     * @param asked how long the server wants to be left alone
     * @return nanoseconds
     */
    private long waitBeforeRetry(int tries, Optional<Duration> asked) {
        double chance = waiting.chance();
        long usual = (long) (Math.min(LONGEST_WAIT, FIRST_WAIT << Math.min(DOUBLINGS, tries - 1)) * chance);
        long wanted = asked.map(wait -> (long) (wait.toNanos() * (1 + SPREAD * chance)))
                .orElse(0L);
        return Math.max(usual, wanted);
    }
}
