package dev.agon.sandbox;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The process that starts the sandboxes of a worker ({@code launch.pl}), and the socket on which they call back.
 *
 * <p>A JVM with many sandboxes has thousands of open files, which every program that it starts itself has to close one by one;
 * a small process that starts them instead keeps the cost of a sandbox the same however many there are.
 *
 * <p>In: what a launch is told. Out: a {@link Process} whose streams are one socket. Fails with an {@link IOException} when the
 * process is gone or the launch does not call back. Safe for use by many threads at once.
 */
final class LaunchServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final ServerSocketChannel socket;
    private final Process server;
    private final DataOutputStream requests;
    private final AtomicInteger tokens = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Long>> started = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<SocketChannel>> called = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Integer>> ended = new ConcurrentHashMap<>();

    private LaunchServer(Path folder, ServerSocketChannel socket, Process server) {
        this.folder = folder;
        this.socket = socket;
        this.server = server;
        this.requests = new DataOutputStream(server.getOutputStream());
    }

    /** @param folder of the worker, where the socket and error outputs are */
    static LaunchServer start(Path folder, NamespaceCommandLine commandLine) throws IOException {
        Path address = folder.resolve("launches.socket");
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(address), 1024);
        ProcessBuilder builder = new ProcessBuilder(commandLine.launches(address))
                .redirectError(folder.resolve("launches.errors").toFile());
        // Nothing of this process's environment may get in: not by inheritance, not by /proc/1/environ.
        builder.environment().clear();
        LaunchServer launches = new LaunchServer(folder, socket, builder.start());
        daemon("launches-called", launches::accept);
        daemon("launches-ended", launches::readReplies);
        return launches;
    }

    /** Starts one launch. */
    Process open(List<String> launch) throws IOException, InterruptedException {
        int token = tokens.incrementAndGet();
        CompletableFuture<Long> pid = new CompletableFuture<>();
        CompletableFuture<SocketChannel> connection = new CompletableFuture<>();
        started.put(token, pid);
        called.put(token, connection);
        Path errors = folder.resolve("errors-" + token);
        try {
            send(token, errors, launch);
            long id = pid.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            LaunchedProcess process = new LaunchedProcess(id, errors, ended.get(id));
            process.connect(connection, PATIENCE);
            return process;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no launch was started within " + PATIENCE.toSeconds() + " s", e);
        } finally {
            started.remove(token);
            called.remove(token);
        }
    }

    private void send(int token, Path errors, List<String> launch) throws IOException {
        Payload request = new Payload().text(Integer.toString(token)).text(errors.toString());
        launch.forEach(request::text);
        byte[] bytes = request.toBytes();
        synchronized (requests) {
            requests.writeInt(bytes.length);
            requests.write(bytes);
            requests.flush();
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = socket.accept();
                ByteBuffer token = ByteBuffer.allocate(Integer.BYTES);
                while (token.hasRemaining() && connection.read(token) >= 0) {
                    // a few bytes of a process of this worker's own: they come at once
                }
                CompletableFuture<SocketChannel> caller = token.hasRemaining() ? null : called.get(token.getInt(0));
                if (caller == null || !caller.complete(connection)) {
                    connection.close();
                }
            }
        } catch (ClosedChannelException e) {
            // the worker has ended
        } catch (IOException e) {
            called.values().forEach(caller -> caller.completeExceptionally(e));
        }
    }

    private void readReplies() {
        try (BufferedReader replies =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = replies.readLine(); line != null; line = replies.readLine()) {
                String[] words = line.split(" ", 3);
                switch (words[0]) {
                    case "started" -> {
                        long pid = Long.parseLong(words[2]);
                        ended.put(pid, new CompletableFuture<>());
                        waiting(words[1]).complete(pid);
                    }
                    case "failed" -> waiting(words[1]).completeExceptionally(new IOException(words[2]));
                    default -> ended.remove(Long.parseLong(words[1])).complete(Integer.parseInt(words[2]));
                }
            }
        } catch (IOException e) {
            // it is gone: told below
        }
        IOException gone = new IOException("the process that starts sandboxes is gone");
        started.values().forEach(waiting -> waiting.completeExceptionally(gone));
        ended.values().forEach(waiting -> waiting.complete(-1));
    }

    /** Who waits for that launch; nobody any more, when it took too long. */
    private CompletableFuture<Long> waiting(String token) {
        return started.getOrDefault(Integer.parseInt(token), new CompletableFuture<>());
    }

    /** Whether it can start launches. */
    boolean isAlive() {
        return server.isAlive();
    }

    @Override
    public void close() {
        try {
            socket.close();
            requests.close();
            server.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException("the process that starts sandboxes cannot be ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.destroyForcibly();
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
