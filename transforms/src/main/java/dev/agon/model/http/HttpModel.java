package dev.agon.model.http;

import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.model.ModelWorker;
import java.util.List;

/**
 * A model behind an HTTP endpoint.
 *
 * <p>In: a conversation, as its messages were encoded when they were first sent. Out: the endpoint's answer with what it
 * consumed and, where the price is known, cost. Fails with a {@link ModelException}:
 *
 * <ul>
 *   <li>Transient failures (408, 409, 425, 429, 5xx, no or a broken connection, a time-out, a body that is no answer) are tried
 *       again after a pause that grows to a minute, or as long as the server asks for. When the next attempt would come later
 *       than {@code retryFor} after the first: unavailable, with a line of evidence for each attempt.
 *   <li>A conversation that is too long, and an answer that is declined, are kinds of their own.
 *   <li>A wrong key, an unknown model, an empty account, a wrong address, a certificate that is not trusted:
 *       misconfigured.
 *   <li>Any other rejected request (400, 422): misconfigured while this model has answered nothing in this JVM and the run
 *       nothing before, and when it is the third conversation in a row; else unavailable at once, because one odd
 *       conversation must not stop a run of thousands.
 *   <li>The run is stopped while a call waits for its turn: stopped. A request on the wire is waited for, since it is paid.
 * </ul>
 *
 * What failed attempts are known to have consumed is part of the answer's usage, or of the exception's.
 *
 * <p>The key is in none of these, even where the server repeats it.
 */
public final class HttpModel implements ChatModel {

    private final ModelConfig config;
    private final Dialect dialect;
    private final RetryingCall call;
    private final Accounting accounting;

    private HttpModel(ModelConfig config, Dialect dialect, ModelWorker worker) {
        this(config, dialect, worker, SharedEndpoint.of(config.endpoint(), worker.events()), new RealWaiting());
    }

    HttpModel(ModelConfig config, Dialect dialect, ModelWorker worker, SharedEndpoint endpoint, Waiting waiting) {
        this.config = config;
        this.dialect = dialect;
        this.call = new RetryingCall(config, dialect, worker, endpoint, waiting);
        this.accounting = new Accounting(config, endpoint.history(config.id()));
    }

    /** A model that takes chat completions. */
    public static HttpModel openAi(ModelConfig config, ModelWorker worker) {
        return new HttpModel(config, new OpenAiDialect(config), worker);
    }

    /** A model that takes Anthropic's Messages. */
    public static HttpModel anthropic(ModelConfig config, ModelWorker worker) {
        return new HttpModel(config, new AnthropicDialect(config), worker);
    }

    @Override
    public ChatReply reply(ChatRequest request) throws ModelException, InterruptedException {
        return ask(request, 1).get(0);
    }

    /** One call for as many samples as the configuration allows; an endpoint may give fewer. */
    @Override
    public List<ChatReply> replies(ChatRequest request, List<Long> seeds) throws ModelException, InterruptedException {
        return ask(request.withSeed(seeds.get(0)), Math.min(seeds.size(), dialect.samplesPerCall()));
    }

    private List<ChatReply> ask(ChatRequest request, int samples) throws ModelException, InterruptedException {
        return accounting.replies(call.ask(dialect.body(request, samples), request.messages()), samples);
    }
}
