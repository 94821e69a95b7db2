package dev.agon.model.http;

import com.google.api.client.http.HttpContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a request: pieces of encoded JSON, sent one after the other. It keeps the pieces of the messages and does not join
 * them, so that hundreds of calls in flight do not hold their conversations twice.
 */
final class Body implements HttpContent {

    /** Small pieces are sent together in chunks of this many bytes. */
    private static final int CHUNK = 64 * 1024;

    private static final byte[] COMMA = {','};

    private final List<byte[]> pieces = new ArrayList<>();
    private long length;

    Body add(byte[] piece) {
        pieces.add(piece);
        length += piece.length;
        return this;
    }

    Body addComma() {
        return add(COMMA);
    }

    Body add(String ascii) {
        return add(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public String getType() {
        return "application/json; charset=utf-8";
    }

    @Override
    public boolean retrySupported() {
        return false;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        OutputStream chunks = new BufferedOutputStream(out, (int) Math.min(CHUNK, Math.max(1, length)));
        for (byte[] piece : pieces) {
            chunks.write(piece);
        }
        chunks.flush();
    }
}
