package dev.agon.model.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a {@link ScriptedServer} does with one request. */
@FunctionalInterface
public interface Behaviour {

    /** Out: whether the connection stays open for another request. */
    boolean respond(Socket socket) throws IOException, InterruptedException;

    /**
     * A whole response.
     *
     * @param headers such as {@code Retry-After: 1}
     */
    static Behaviour response(int status, String contentType, String body, String... headers) {
        return socket -> {
            socket.getOutputStream().write(bytes(status, contentType, body, headers));
            return true;
        };
    }

    static Behaviour json(int status, String body, String... headers) {
        return response(status, "application/json", body, headers);
    }

    static Behaviour ok(String body) {
        return json(200, body);
    }

    /** A chat completion that says this, for 10 tokens in and 5 out. */
    static Behaviour completion(String content) {
        return ok("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + content
                + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}");
    }

    /** The response, after the given milliseconds. */
    default Behaviour after(long milliseconds) {
        return socket -> {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
            return respond(socket);
        };
    }

    /** The response, once the latch is open. */
    default Behaviour after(CountDownLatch latch) {
        return socket -> {
            latch.await();
            return respond(socket);
        };
    }

    /** The response, and then the connection is closed without a word of it before. */
    default Behaviour thenClose() {
        return socket -> {
            respond(socket);
            return false;
        };
    }

    /** Half of a good response, then a reset of the connection. */
    static Behaviour resetInMidBody() {
        return socket -> {
            half(socket);
            socket.setSoLinger(true, 0);
            return false;
        };
    }

    /** Half of a good response, then the end of the connection. */
    static Behaviour endInMidBody() {
        return socket -> {
            half(socket);
            return false;
        };
    }

    /** A reset of the connection before anything is said. */
    static Behaviour reset() {
        return socket -> {
            socket.setSoLinger(true, 0);
            return false;
        };
    }

    /** Nothing, until the client leaves. */
    static Behaviour silence() {
        return socket -> {
            socket.getInputStream().read();
            return false;
        };
    }

    /** A byte now and then, forever: of the headers or of the body. */
    static Behaviour drip(boolean inHeaders, long everyMilliseconds) {
        return socket -> {
            OutputStream out = socket.getOutputStream();
            String start = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    + (inHeaders ? "X-Slow: " : "Content-Length: 100000\r\n\r\n");
            out.write(start.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(' ');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(everyMilliseconds);
            }
        };
    }

    private static void half(Socket socket) throws IOException {
        byte[] whole = bytes(200, "application/json", "{\"choices\":[{\"message\":{\"content\":\"never ends\"}}]}");
        socket.getOutputStream().write(whole, 0, whole.length - 20);
        socket.getOutputStream().flush();
    }

    private static byte[] bytes(int status, String contentType, String body, String... headers) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        for (String header : List.of(headers)) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Type: ").append(contentType).append("\r\n");
        head.append("Content-Length: ").append(content.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[start.length + content.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(content, 0, whole, start.length, content.length);
        return whole;
    }
}
