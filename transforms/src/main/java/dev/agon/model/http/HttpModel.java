package dev.agon.model.http;

import dev.agon.model.ChatModel;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.model.ModelException.Kind;
import dev.agon.model.ModelWorker;
import dev.agon.model.StructuredOutput;
import dev.agon.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind an HTTP endpoint.
 *
 * <p>In: a conversation. Out: the endpoint's answer with its usage, and its cost where the price is known. Fails with a {@link
 * ModelException}:
 *
 * <ul>
 *   <li>A transient failure (408, 409, 425, 429, 5xx, no or a broken connection, a time-out, a body that is no answer) is tried
 *       again after a pause. The pause grows to a minute, or is as long as the server asks for. When the next try would come later
 *       than {@code retryFor} after the first, the failure is: unavailable. It has a line of detail for each try.
 *   <li>HTTP 500 for a minute from a model that has never answered is no passing failure: misconfigured. The server's words are
 *       logged after the third try.
 *   <li>A conversation that is too long, and an answer that is declined, have their own kinds.
 *   <li>A wrong key, an unknown model, an empty account, a wrong address, a certificate that is not trusted:
 *       misconfigured.
 *   <li>Any other rejected request (400, 422): misconfigured when the model has never answered before, or when it is the third
 *       conversation in a row that is rejected. Otherwise it is unavailable at once, because one odd conversation must not stop a
 *       run of thousands.
 *   <li>The run is stopped while a call waits for its turn: stopped. A call on the wire still gets its answer, since it is paid.
 * </ul>
 *
 * The usage of an answer, or of an exception, includes what failed tries consumed, as far as that is known.
 *
 * <p>No exception holds the key, even when the server repeats it.
 */
public final class HttpModel implements ChatModel {

    private static final Logger LOG = LoggerFactory.getLogger(HttpModel.class);

    private final ModelConfig config;
    private final Dialect dialect;
    private final Dialect withoutNull;
    private final RetryingCall call;
    private final ModelHistory history;

    private HttpModel(ModelConfig config, Dialect dialect, ModelWorker worker) {
        this(config, dialect, worker, worker.endpoints().of(config.endpoint()), new Waiting.Real());
    }

    HttpModel(ModelConfig config, Dialect dialect, ModelWorker worker, SharedEndpoint endpoint, Waiting waiting) {
        this.config = config;
        this.dialect = dialect;
        this.withoutNull = dialect.withoutNull();
        this.call = new RetryingCall(config, dialect, worker, endpoint, waiting);
        this.history = endpoint.history(config.id());
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
        StructuredOutput wanted = config.structuredOutput();
        while (true) {
            AnswerForm form = history.form(wanted);
            ChatRequest asked = request.with(request.schema().flatMap(form::of));
            boolean otherForm = asked.schema().isPresent() && form.next(wanted).isPresent();
            Dialect spoken = history.refusesNull() ? withoutNull : dialect;
            boolean hasNull = spoken != withoutNull && asked.messages().stream().anyMatch(Dialect::isOnlyCalls);
            try {
                return replies(
                        call.ask(spoken.body(asked, samples), asked.messages(), otherForm, hasNull), asked, samples);
            } catch (FormRefusedException e) {
                if (hasNull) {
                    history.refusedNull();
                } else if (history.refused(wanted, form)) {
                    LOG.warn(
                            "{} at {} does not take a schema for its answers as it was sent: {}. From now on it is asked {}",
                            config.id(),
                            Address.shown(config.endpoint().baseUrl()),
                            e.getMessage(),
                            history.form(wanted) == AnswerForm.PROMPT ? "without one" : "without bounds of lengths");
                }
            }
        }
    }

    /**
     * The samples of a call with what they consumed and cost, failed tries before them included; at most {@code samples}. The first has
     * the tokens of the prompt, and the tokens of the answers are split evenly, so that the sum is exact. When the endpoint gives no
     * usage, or none that can be, four bytes count as one token. Fails when the endpoint declined all samples.
     */
    private List<ChatReply> replies(RetryingCall.Answered answered, ChatRequest asked, int samples)
            throws ModelException {
        Answer answer = answered.answer();
        Usage consumed = answer.usage().map(given -> counted(given, answer)).orElseGet(() -> estimate(answered));
        warnOfNoCost(consumed);
        Usage usage = consumed.plus(answered.lost());
        if (answer.replies().isEmpty()) {
            throw new ModelException(
                    Kind.REFUSED,
                    config.id() + " at " + Address.shown(config.endpoint().baseUrl())
                            + " declined to answer for reasons of content: " + answered.refusal(),
                    answered.tries(),
                    "",
                    config.priced(usage),
                    null);
        }
        int count = Math.min(samples, answer.replies().size());
        List<ChatReply> replies = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            ChatReply reply = answer.replies().get(index);
            replies.add(asked.schema()
                    .map(reply::outOfTool)
                    .orElse(reply)
                    .withCosts(config.priced(share(usage, index, count)), answered.waitedMs()));
        }
        return replies;
    }

    /** Some endpoints count one sample of several. Where the text is half as long again as what was counted, the text holds. */
    private static Usage counted(Usage given, Answer answer) {
        long text = TokenEstimate.ofReplies(answer.replies());
        return answer.replies().size() > 1 && given.outputTokens() * 3 < text * 2
                ? new Usage(
                        given.inputTokens(),
                        given.cachedTokens(),
                        given.cacheWriteTokens(),
                        text,
                        given.reasoningTokens(),
                        given.costUsd(),
                        true)
                : given;
    }

    private void warnOfNoCost(Usage consumed) {
        if (config.price() != null && config.price().reported() && consumed.costUsd() == 0 && history.isFirst("cost")) {
            LOG.warn(
                    "{} at {} does not say what its answers cost, or says 0: with `price: reported` they cost 0 in every table,"
                            + " and no budget in USD is reached by them. Set the price of its tokens",
                    config.id(),
                    Address.shown(config.endpoint().baseUrl()));
        }
    }

    private Usage estimate(RetryingCall.Answered answered) {
        if (history.isFirst("usage")) {
            LOG.warn(
                    "{} at {} does not say how many tokens its answers consume, or not in numbers from 0 to 10^12: they are "
                            + "estimated at four bytes each, and "
                            + "costs with them.",
                    config.id(),
                    Address.shown(config.endpoint().baseUrl()));
        }
        return new Usage(
                TokenEstimate.ofBytes(answered.bytesSent()),
                0,
                0,
                TokenEstimate.ofReplies(answered.answer().replies()),
                0,
                0,
                true);
    }

    private static Usage share(Usage usage, int index, int count) {
        return new Usage(
                index == 0 ? usage.inputTokens() : 0,
                index == 0 ? usage.cachedTokens() : 0,
                index == 0 ? usage.cacheWriteTokens() : 0,
                share(usage.outputTokens(), index, count),
                share(usage.reasoningTokens(), index, count),
                usage.costUsd() / count,
                usage.estimated());
    }

    private static long share(long tokens, int index, int count) {
        return tokens / count + (index < tokens % count ? 1 : 0);
    }
}
