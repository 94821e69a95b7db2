package dev.agon.sandbox;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The pipe to one command server ({@code server.pl}): frames of one letter, a length and a payload, in both directions.
 *
 * <p>In: requests. Out: replies, in order. Fails with a {@link SandboxException} when the server is gone, says what no server
 * says, or does not answer in time; the connection is of no use after that. A thread of its own waits for replies, so that
 * the caller's wait has a limit and can be interrupted.
 */
final class ServerConnection {

    /** Longest frame that is believed: a larger length is noise, not a reply. */
    private static final int MOST_FRAME_BYTES = 512 << 20;

    private static final int STDERR_KEPT = 2000;
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);
    private static final Duration PATIENCE_WITH_LAST_WORDS = Duration.ofMillis(500);

    /** One reply. The letter 0 stands for the end of the stream. */
    record Frame(char type, byte[] payload) {}

    private final Process process;
    private final DataOutputStream requests;
    private final BlockingQueue<Frame> replies = new ArrayBlockingQueue<>(2);
    private final Thread reader;

    ServerConnection(Process process) {
        this.process = process;
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
        this.reader = new Thread(this::readReplies, "sandbox-replies-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Puts one frame on the way; {@link #flush()} or {@link #receive} sends it off. */
    void send(char type, byte[] payload) throws SandboxException {
        try {
            requests.writeByte(type);
            requests.writeInt(payload.length);
            requests.write(payload);
        } catch (IOException e) {
            throw down("the sandbox's server is gone", e);
        }
    }

    /**
     * The next reply, which must be of one of the given types.
     *
     * @throws SandboxAbusedException when the server lives, and what is in the sandbox kept it from doing what it was asked
     */
    Frame receive(String types, Duration patience) throws SandboxException, InterruptedException {
        try {
            requests.flush();
        } catch (ClosedByInterruptException e) {
            end();
            Thread.interrupted();
            throw new InterruptedException("interrupted while the sandbox was asked");
        } catch (IOException e) {
            throw down("the sandbox's server is gone", e);
        }
        Frame frame;
        try {
            frame = replies.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // The reply may still come, and must not be taken for that to a later request.
            end();
            throw e;
        }
        if (frame == null) {
            throw down("the sandbox's server did not answer within " + patience.toSeconds() + " s", null);
        }
        if (frame.type() == 'F') {
            String message = new String(frame.payload(), StandardCharsets.UTF_8).strip();
            throw new SandboxAbusedException("the sandbox's server could not do what was asked: " + message);
        }
        if (frame.type() == 0 || types.indexOf(frame.type()) < 0) {
            throw down(
                    frame.type() == 0
                            ? "the sandbox's server ended"
                            : "the sandbox's server sent a malformed reply of type " + (int) frame.type(),
                    null);
        }
        return frame;
    }

    /** Asks the server to end, waits, and ends it by force if it does not. */
    void close() {
        try {
            send('Q', new byte[0]);
            requests.close();
            process.waitFor(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (SandboxException | IOException e) {
            // It is gone already, which is what was asked for.
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private void end() {
        process.destroyForcibly();
        reader.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what is left of the server and says why, with what it printed last. */
    private SandboxException down(String what, Throwable cause) {
        String printed = "";
        try {
            // Once it has ended by itself its last words can be read; to end it by force would discard them.
            process.waitFor(PATIENCE_WITH_LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            InputStream errors = process.getErrorStream();
            byte[] bytes = errors.readNBytes(errors.available());
            int from = Math.max(0, bytes.length - STDERR_KEPT);
            printed = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            printed = "its error output cannot be read: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
        return new SandboxException(what + (printed.isEmpty() ? "" : ": " + printed), cause);
    }

    private void readReplies() {
        try {
            try (DataInputStream in = new DataInputStream(process.getInputStream())) {
                while (true) {
                    int type = in.read();
                    if (type <= 0) {
                        break;
                    }
                    int length = in.readInt();
                    if (length < 0 || length > MOST_FRAME_BYTES) {
                        replies.put(new Frame((char) 0xffff, new byte[0]));
                        break;
                    }
                    byte[] payload = in.readNBytes(length);
                    if (payload.length < length) {
                        break;
                    }
                    replies.put(new Frame((char) type, payload));
                }
            } catch (IOException e) {
                // The pipe broke: for who waits it is the same as its end, and the server's own words say more.
            }
            replies.put(new Frame((char) 0, new byte[0]));
        } catch (InterruptedException e) {
            // The connection was closed while nobody waited for this reply.
        }
    }
}
