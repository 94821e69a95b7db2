package dev.agon.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** The literal form of git's binary patches: deflated, in base 85, up to 52 bytes a line. */
final class GitBinary {

    private static final byte[] DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final int LINE = 52;

    private GitBinary() {}

    /** One side of a binary patch, with the empty line that ends it. */
    static String literal(byte[] content) {
        StringBuilder text =
                new StringBuilder("literal ").append(content.length).append('\n');
        byte[] deflated = deflate(content);
        for (int start = 0; start < deflated.length; start += LINE) {
            int length = Math.min(LINE, deflated.length - start);
            text.append((char) (length <= 26 ? 'A' + length - 1 : 'a' + length - 27));
            for (int i = 0; i < length; i += 4) {
                appendGroup(text, deflated, start + i, Math.min(4, length - i));
            }
            text.append('\n');
        }
        return text.append('\n').toString();
    }

    /** Four bytes, zeros for those beyond the end, as five digits. */
    private static void appendGroup(StringBuilder text, byte[] bytes, int start, int length) {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | (i < length ? bytes[start + i] & 0xff : 0);
        }
        char[] group = new char[5];
        for (int i = 4; i >= 0; i--) {
            group[i] = (char) DIGITS[(int) (value % 85)];
            value /= 85;
        }
        text.append(group);
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(content);
            deflater.finish();
            // Never longer than stored blocks with their headers, and room to spare.
            byte[] buffer = new byte[content.length + content.length / 1000 + 64];
            int length = deflater.deflate(buffer);
            if (!deflater.finished()) {
                throw new IllegalStateException(content.length + " bytes deflated to more than " + buffer.length);
            }
            return Arrays.copyOf(buffer, length);
        } finally {
            deflater.end();
        }
    }
}
