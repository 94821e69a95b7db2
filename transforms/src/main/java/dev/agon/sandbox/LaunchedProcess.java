package dev.agon.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that {@link LaunchServer} started. Its input and output are one socket, its error output is a file. */
final class LaunchedProcess extends Process {

    private final long pid;
    private final Path errors;
    private final CompletableFuture<Integer> ended;
    private SocketChannel connection;

    LaunchedProcess(long pid, Path errors, CompletableFuture<Integer> ended) {
        this.pid = pid;
        this.errors = errors;
        this.ended = ended == null ? CompletableFuture.completedFuture(-1) : ended;
    }

    /** Waits until the process calls; one that ends instead, or does not call in time, is a failure that says what it printed. */
    void connect(CompletableFuture<SocketChannel> call, Duration patience) throws IOException, InterruptedException {
        ended.thenRun(() -> call.completeExceptionally(new IOException("the launch ended before it began")));
        try {
            connection = call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            String printed = new String(getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            destroyForcibly();
            throw new IOException(e.getCause().getMessage() + ": " + printed, e);
        } catch (TimeoutException e) {
            destroyForcibly();
            throw new IOException("the launch did not call within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            destroyForcibly();
            throw e;
        }
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int start, int length) throws IOException {
                ByteBuffer rest = ByteBuffer.wrap(bytes, start, length);
                while (rest.hasRemaining()) {
                    connection.write(rest);
                }
            }

            @Override
            public void close() throws IOException {
                connection.shutdownOutput();
            }
        };
    }

    /** Not by {@code Channels.newInputStream}: its reader would keep writers of the same channel waiting. */
    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int start, int length) throws IOException {
                return length == 0 ? 0 : connection.read(ByteBuffer.wrap(bytes, start, length));
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    /** What it has printed until now. */
    @Override
    public InputStream getErrorStream() {
        try {
            return new ByteArrayInputStream(Files.exists(errors) ? Files.readAllBytes(errors) : new byte[0]);
        } catch (IOException e) { // said in its place, where the words are looked for
            return new ByteArrayInputStream(("its error output cannot be read: " + e).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public int waitFor() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process does not fail", e);
        }
    }

    @Override
    public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
        try {
            ended.get(time, unit);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process does not fail", e);
        }
    }

    @Override
    public int exitValue() {
        if (!ended.isDone()) {
            throw new IllegalThreadStateException("the process " + pid + " has not ended");
        }
        return ended.join();
    }

    @Override
    public void destroy() {
        if (!ended.isDone()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        try {
            if (connection != null) {
                connection.close();
            }
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            // The worker's folder is removed at its end, with all that is left in it.
        }
    }

    @Override
    public Process destroyForcibly() {
        destroy();
        return this;
    }

    @Override
    public boolean isAlive() {
        return !ended.isDone();
    }

    @Override
    public long pid() {
        return pid;
    }
}
