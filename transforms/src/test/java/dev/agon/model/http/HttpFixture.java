package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.model.ChatMessage;
import dev.agon.model.ChatReply;
import dev.agon.model.ChatRequest;
import dev.agon.model.Endpoint;
import dev.agon.model.ModelConfig;
import dev.agon.model.ModelException;
import dev.agon.model.ModelWorker;
import dev.agon.model.Price;
import dev.agon.model.StructuredOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;

/** A model at a scripted server, with time that passes only while the model waits. */
final class HttpFixture implements AutoCloseable {

    static final String KEY = "sk-very-secret-0123456789";
    static final String KEY_VARIABLE = "TEST_KEY";

    final ScriptedServer server;
    final FakeWaiting waiting = new FakeWaiting(0.5);
    final AtomicBoolean stop = new AtomicBoolean();
    final AtomicBoolean abort = new AtomicBoolean();
    final AtomicInteger retries = new AtomicInteger();
    final List<String> limits = Collections.synchronizedList(new ArrayList<>());

    String provider = "openai";
    String name = "test-model";
    String extraBody = "{}";
    String reasoningEffort = null;
    int maxTokens = 100;
    int topLogprobs = 0;
    final AtomicInteger onTheWire = new AtomicInteger();
    final AtomicInteger mostInFlight = new AtomicInteger();
    int samplesPerCall = 1;
    StructuredOutput structuredOutput = StructuredOutput.AUTO;
    Double topP = null;
    Price price = null;
    String keyVariable = KEY_VARIABLE;
    String key = KEY;
    String baseUrl;
    Duration readTimeout = Duration.ofSeconds(10);
    Duration totalTimeout = Duration.ofSeconds(20);
    Duration retryFor = Duration.ofMinutes(10);
    double requestsPerMinute = 0;
    double tokensPerMinute = 0;
    int inFlight = 8;
    boolean answeredBefore = false;
    AnswerMemory memory = new AnswerMemory(1 << 20);

    private HttpModel model;

    HttpFixture(Behaviour... behaviours) {
        this(ScriptedServer.of(behaviours));
    }

    HttpFixture(ScriptedServer server) {
        this.server = server;
        this.baseUrl = server.baseUrl();
    }

    HttpModel model() {
        if (model == null) {
            Endpoint endpoint = endpoint();
            ModelConfig config = new ModelConfig(
                    provider,
                    name,
                    0.7,
                    topP,
                    maxTokens,
                    reasoningEffort,
                    extraBody,
                    topLogprobs,
                    samplesPerCall,
                    structuredOutput,
                    price,
                    endpoint);
            Dialect dialect = provider.equals("openai") ? new OpenAiDialect(config) : new AnthropicDialect(config);
            model = new HttpModel(
                    config, dialect, worker(), new SharedEndpoint(endpoint, new Deadlines(), memory), waiting);
        }
        return model;
    }

    private Endpoint endpoint() {
        return new Endpoint(
                baseUrl,
                keyVariable,
                Duration.ofSeconds(5),
                readTimeout,
                totalTimeout,
                retryFor,
                requestsPerMinute,
                tokensPerMinute,
                inFlight);
    }

    private ModelWorker worker() {
        return new ModelWorker(
                name -> name.equals(KEY_VARIABLE) ? key : null,
                stop::get,
                abort::get,
                answeredBefore,
                new Endpoints(new ModelWorker.Events() {
                    @Override
                    public void retried() {
                        retries.incrementAndGet();
                    }

                    @Override
                    public void inFlightLimit(int before, int now) {
                        limits.add(before + "->" + now);
                    }

                    @Override
                    public void inFlight(int change) {
                        mostInFlight.accumulateAndGet(onTheWire.addAndGet(change), Math::max);
                    }
                }));
    }

    ChatRequest request(ChatMessage... messages) {
        return new ChatRequest(
                ChatRequest.Role.AGENT,
                List.of(messages),
                new ModelConfig("openai", "", 0.7, topP, maxTokens).sampling(7));
    }

    ChatReply ask() throws Exception {
        return ask("question");
    }

    ChatReply ask(String question) throws Exception {
        return model().reply(request(ChatMessage.system("be brief"), ChatMessage.user(question)));
    }

    ModelException failure() {
        return failure("question");
    }

    ModelException failure(String question) {
        return Assertions.catchThrowableOfType(ModelException.class, () -> ask(question));
    }

    /** The body of the n-th request. */
    JsonNode sent(int call) {
        return Json.parse(server.requests().get(call).body()).orElseThrow();
    }

    @Override
    public void close() {
        server.close();
    }
}
