package dev.agon.model.http;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.OpenCensusUtils;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import dev.agon.model.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.Registry;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.ManagedHttpClientConnection;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.DefaultManagedHttpClientConnection;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;

/**
 * The connections of one endpoint. They are kept open and used again. An idle connection is checked before its next use, since the
 * server may have closed it. Proxies and trusted certificates come from the usual properties of the JVM, such as {@code
 * https.proxyHost} and {@code javax.net.ssl.trustStore}.
 *
 * <p>A request is sent once only, since every request may cost money. Whether to try again is not decided here.
 */
final class Connections {

    private static final int LOOK_AFTER_IDLE_MS = 100;
    private static final long LARGEST_BODY =
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 16);
    private static final MessageConstraints HEADERS = MessageConstraints.custom()
            .setMaxLineLength(64 << 10)
            .setMaxHeaderCount(1000)
            .build();
    /** Most answers come in one read. */
    private static final int BUFFER = 16 * 1024;

    private static final AtomicLong MADE = new AtomicLong();
    private static final String USER_AGENT = "agon";

    private final HttpRequestFactory requests;
    private final PoolingHttpClientConnectionManager pool;
    private final Deadlines deadlines;

    /** @param inFlight most requests on the wire at once */
    Connections(int inFlight, Deadlines deadlines) {
        this.deadlines = deadlines;
        Registry<ConnectionSocketFactory> sockets = RegistryBuilder.<ConnectionSocketFactory>create()
                .register("http", PlainConnectionSocketFactory.getSocketFactory())
                .register("https", SSLConnectionSocketFactory.getSystemSocketFactory())
                .build();
        pool = new PoolingHttpClientConnectionManager(sockets, (route, config) -> unlogged());
        pool.setMaxTotal(inFlight);
        pool.setDefaultMaxPerRoute(inFlight);
        pool.setValidateAfterInactivity(LOOK_AFTER_IDLE_MS);
        HttpClientBuilder client = HttpClientBuilder.create()
                .useSystemProperties()
                .setConnectionManager(pool)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableConnectionState()
                .disableContentCompression()
                .addInterceptorFirst((org.apache.http.HttpRequest sent, HttpContext context) -> Deadline.watch(sent));
        OpenCensusUtils.setIsRecordEvent(false); // nobody reads what the library would record of each request
        requests = new ApacheHttpTransport(client.build()).createRequestFactory();
    }

    /** A connection that never logs what it carries. The usual ones do where a process logs everything, and headers hold the key. */
    private static ManagedHttpClientConnection unlogged() {
        String name = "model-" + MADE.incrementAndGet();
        return new DefaultManagedHttpClientConnection(
                name, BUFFER, BUFFER, null, null, HEADERS, null, null, null, null);
    }

    /**
     * Sends one request and waits for the whole response.
     *
     * @param abortRequested whether to stop waiting for it
     * @param memory takes the memory of its body
     * @throws IOException when there is none: no connection, a broken one, or one of the endpoint's time-outs
     */
    HttpAnswer post(
            GenericUrl url,
            HttpHeaders headers,
            Body body,
            Endpoint endpoint,
            BooleanSupplier abortRequested,
            AnswerMemory.Share memory)
            throws IOException, InterruptedException {
        try (Deadline deadline = deadlines.open(endpoint.totalTimeout(), abortRequested)) {
            try {
                return exchange(request(url, headers, body, endpoint), memory, deadline::isPassed);
            } catch (IOException e) {
                if (!deadline.isPassed()) {
                    throw e;
                }
                throw new InterruptedIOException(
                        "no whole answer within the total time-out of " + endpoint.totalTimeout());
            }
        }
    }

    /** Closes all connections. */
    void close() {
        pool.shutdown();
    }

    private HttpRequest request(GenericUrl url, HttpHeaders headers, Body body, Endpoint endpoint) throws IOException {
        HttpRequest request = requests.buildPostRequest(url, body);
        request.setHeaders(headers.setUserAgent(USER_AGENT));
        request.setSuppressUserAgentSuffix(true);
        request.setConnectTimeout((int) endpoint.connectTimeout().toMillis());
        request.setReadTimeout((int) endpoint.readTimeout().toMillis());
        request.setNumberOfRetries(0);
        request.setFollowRedirects(false);
        request.setThrowExceptionOnExecuteError(false);
        // The library logs requests with their headers, which hold the key.
        request.setLoggingEnabled(false);
        request.setCurlLoggingEnabled(false);
        return request;
    }

    private static HttpAnswer exchange(HttpRequest request, AnswerMemory.Share memory, BooleanSupplier isOver)
            throws IOException, InterruptedException {
        HttpResponse response = request.execute();
        boolean whole = false;
        try {
            InputStream content = response.getContent();
            String body = content == null ? "" : text(content, memory, isOver);
            whole = true;
            return new HttpAnswer(response.getStatusCode(), response.getHeaders(), body);
        } finally {
            if (!whole) {
                response.disconnect();
            }
        }
    }

    private static String text(InputStream content, AnswerMemory.Share memory, BooleanSupplier isOver)
            throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[BUFFER];
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            if (body.size() + read > LARGEST_BODY) {
                throw new IOException("the answer is longer than " + LARGEST_BODY + " bytes");
            }
            memory.take(read, isOver);
            body.write(chunk, 0, read);
        }
        String text = body.toString(StandardCharsets.UTF_8);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
