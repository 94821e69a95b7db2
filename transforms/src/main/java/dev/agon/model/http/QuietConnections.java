package dev.agon.model.http;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.conn.HttpConnectionFactory;
import org.apache.http.conn.ManagedHttpClientConnection;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.conn.DefaultManagedHttpClientConnection;

/**
 * Makes connections that never log what goes over them. The transport's own do where a process logs everything, and headers
 * hold the key.
 */
final class QuietConnections implements HttpConnectionFactory<HttpRoute, ManagedHttpClientConnection> {

    /** Most answers come in one read. */
    private static final int BUFFER = 16 * 1024;

    private final AtomicLong made = new AtomicLong();

    @Override
    public ManagedHttpClientConnection create(HttpRoute route, ConnectionConfig config) {
        return new DefaultManagedHttpClientConnection("model-" + made.incrementAndGet(), BUFFER);
    }
}
