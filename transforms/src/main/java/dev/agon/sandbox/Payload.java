package dev.agon.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The payload of a frame under construction: numbers big-endian, texts as UTF-8. */
final class Payload {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream data = new DataOutputStream(bytes);

    Payload letter(char letter) {
        bytes.write(letter);
        return this;
    }

    Payload number(int value) {
        try {
            data.writeInt(value);
        } catch (IOException e) {
            throw new AssertionError("an array cannot fail to be written", e);
        }
        return this;
    }

    Payload longNumber(long value) {
        return number((int) (value >>> 32)).number((int) value);
    }

    /** Bytes with their length before them. */
    Payload bytes(byte[] value) {
        return number(value.length).rest(value);
    }

    Payload text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes without a length: the last of the frame. */
    Payload rest(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    int size() {
        return bytes.size();
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
