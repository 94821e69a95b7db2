package dev.agon.model.http;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.model.ModelWorker;
import dev.agon.model.Usage;
import dev.agon.model.http.PacedConnection.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks an endpoint until it answers, its failure is final, or the time for retries is over. What each failure means is said at
 * {@link HttpModel}.
 */
final class RetryingCall {

    private final ModelConfig config;
    private final Dialect dialect;
    private final ModelWorker worker;
    private final Waiting waiting;
    private final Pause pause;
    private final Backoff backoff;
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
        this.backoff = new Backoff(waiting);
        this.connection = new PacedConnection(config.endpoint(), endpoint, worker, waiting);
        this.url = new GenericUrl(dialect.url());
        this.failures = new EndpointFailures(config);
        this.history = endpoint.history(config.id());
    }

    /**
     * An answer, and what it took.
     *
     * @param bytesSent length of the question
     * @param refusal why the endpoint declined, fit to be shown; empty where it did not
     */
    record Answered(Answer answer, int attempts, long bytesSent, String refusal) {}

    /** What came instead of an answer, and what was said with it. */
    private record Problem(ServerFailure failure, String said) {}

    Answered ask(Body body) throws ModelException, InterruptedException {
        Secret secret = Secret.of(config.endpoint(), worker);
        Evidence evidence = new Evidence(secret);
        int attempts = 0;
        long first = 0;
        try {
            while (true) {
                Sent sent = connection.send(url, headers(secret), body);
                attempts++;
                first = attempts == 1 ? sent.started() : first;
                Optional<Answer> answer = answer(sent);
                if (answer.isPresent()) {
                    String refusal = answer.get().refusal().map(evidence::shown).orElse("");
                    return new Answered(answer.get(), attempts, body.getLength(), refusal);
                }
                Problem problem = problem(sent);
                connection.failed(sent, problem.failure());
                evidence.add(sent.started() - first, problem.said());
                pauseBeforeRetry(sent, problem, attempts, first, evidence);
            }
        } catch (StoppedException e) {
            throw failures.stopped(attempts, evidence.toString());
        }
    }

    private HttpHeaders headers(Secret secret) {
        HttpHeaders headers = new HttpHeaders();
        dialect.addHeaders(headers, secret.key());
        return headers;
    }

    private Optional<Answer> answer(Sent sent) {
        Optional<Answer> answer = sent.response()
                .filter(HttpAnswer::isGood)
                .flatMap(response -> Json.parse(response.body()))
                .flatMap(dialect::read);
        answer.ifPresent(valid -> {
            connection.answered(sent, valid.usage().map(Usage::tokens).orElse(sent.tokens()));
            history.answered();
        });
        return answer;
    }

    private Problem problem(Sent sent) {
        if (sent.broken().isPresent()) {
            IOException broken = sent.broken().get();
            return new Problem(
                    ServerFailure.of(broken), broken.getClass().getSimpleName() + ": " + broken.getMessage());
        }
        HttpAnswer response = sent.response().orElseThrow();
        String body = Evidence.text(response.body());
        String said = "HTTP " + response.status() + ": " + body;
        int status = response.status();
        if (response.isGood()) {
            OptionalInt within =
                    Json.parse(response.body()).map(ErrorWords::statusWithin).orElse(OptionalInt.empty());
            if (within.isEmpty()) {
                return new Problem(ServerFailure.TRANSIENT, "HTTP " + status + " without an answer: " + body);
            }
            status = within.getAsInt();
        }
        ServerFailure failure = ServerFailure.of(status, ErrorWords.in(body), config.maxTokens());
        return failure == ServerFailure.REDIRECT
                ? new Problem(
                        failure, "HTTP " + status + " to " + response.headers().getLocation())
                : new Problem(failure, said);
    }

    /** Returns once it is time to try again; throws when it never is. */
    private void pauseBeforeRetry(Sent sent, Problem problem, int attempts, long first, Evidence evidence)
            throws ModelException, InterruptedException, StoppedException {
        ServerFailure failure = problem.failure();
        String said = evidence.shown(problem.said());
        if (failure != ServerFailure.TRANSIENT && failure != ServerFailure.OVERLOADED) {
            boolean isOfAll = failure == ServerFailure.BAD_REQUEST && history.rejected();
            throw failures.of(failure, isOfAll, said, attempts, evidence.toString());
        }
        Optional<Duration> asked = sent.response()
                .filter(response -> !response.isGood())
                .flatMap(response -> RetryAfter.ofFailure(response.status(), response.headers(), waiting.now()));
        long delay = backoff.after(attempts, asked);
        if (waiting.nanos() + delay - first > config.endpoint().retryFor().toNanos()) {
            throw failures.unavailable(said, attempts, evidence.toString());
        }
        worker.events().retried();
        pause.during(delay);
    }
}
