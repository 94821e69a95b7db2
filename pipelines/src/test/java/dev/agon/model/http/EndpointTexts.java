package dev.agon.model.http;

import com.google.api.client.http.HttpHeaders;
import dev.agon.model.ModelConfig;
import dev.agon.model.Usage;
import java.time.Instant;
import java.util.Optional;

/** What endpoints say, read without a connection. */
public final class EndpointTexts {

    private EndpointTexts() {}

    /** The body of an answer or an error of OpenAI's kind, or Anthropic's. */
    public static void body(String body, boolean anthropic) {
        Json.parse(body).ifPresent(json -> {
            Optional<Usage> usage;
            if (anthropic) {
                AnthropicDialect dialect = new AnthropicDialect(new ModelConfig("anthropic", "m", 1, null, 1));
                dialect.read(json);
                usage = dialect.usage(json);
            } else {
                OpenAiAnswer.read(json);
                usage = OpenAiAnswer.usage(json);
            }
            if (usage.filter(each -> each.tokens() < 0 || each.tokens() > 1e13).isPresent()) {
                throw new IllegalStateException("impossible usage " + usage);
            }
            ErrorWords.statusWithin(json);
        });
        EventStream.whole("data: " + body);
        ServerFailure.of(400, ErrorWords.in(FailedTries.beginning(body)), 100, false);
        ServerFailure.of(429, ErrorWords.in(FailedTries.beginning(body)), 100, false);
    }

    /** Headers, a name and a value a line. */
    public static void headers(String lines) {
        HttpHeaders headers = new HttpHeaders();
        for (String line : lines.split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.set(line.substring(0, colon).strip(), line.substring(colon + 1));
            }
        }
        Instant now = Instant.parse("2030-01-02T03:04:05Z");
        RetryAfter.ofFailure(429, headers, now).ifPresent(wait -> {
            if (wait.isNegative() || wait.toDays() > 365) {
                throw new IllegalStateException("impossible wait " + wait);
            }
        });
        RetryAfter.ofFailure(503, headers, now);
    }
}
