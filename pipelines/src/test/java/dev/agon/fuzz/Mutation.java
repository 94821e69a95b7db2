package dev.agon.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes bad texts of good ones. The same seed makes the same ones. */
final class Mutation {

    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_CHANGES = 6;
    private static final int MOST_REPEATED = 4_000;

    /** Pieces at which readers have failed, here or elsewhere. */
    private static final List<String> PIECES = List.of(
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999",
            "2147483648",
            "-1",
            "1e999",
            "-0",
            "NaN",
            ".inf",
            "0x7fffffff",
            "null",
            "true",
            "[]",
            "{}",
            "[",
            "{",
            "]",
            "}",
            "\"",
            "'",
            "\\",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "\ufeff",
            "\u2028",
            "\r\n",
            "\n",
            "\n\n",
            "\t",
            " ",
            ",",
            ":",
            ";",
            "=",
            "-",
            "--",
            "#",
            "&a ",
            "*a ",
            "!!java.lang.Object ",
            "<<: ",
            "? ",
            "| \n",
            "%",
            "$",
            "$(",
            "`",
            "```",
            "```bash\n",
            "<<EOF\n",
            "\nEOF\n",
            "/",
            "..",
            "../",
            "~",
            "*",
            "?",
            "cp -a ",
            "git ",
            "sed -i ",
            "<output>",
            "</output>",
            "<returncode>",
            "FROM ",
            "RUN ",
            "ENV ",
            "COPY ",
            "WORKDIR ",
            "SKIPPED [",
            "PASSED ",
            "Ran ",
            "(",
            ")",
            "not ",
            "lambda:",
            "\"steps\":",
            "\"messages\":",
            "\"usage\":",
            "{\"a\":");

    private final SplittableRandom random;
    private final List<byte[]> good;

    Mutation(long seed, List<byte[]> good) {
        this.random = new SplittableRandom(seed);
        this.good = good;
    }

    /** The next bad text. */
    byte[] next() {
        byte[] text = good.get(random.nextInt(good.size()));
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            text = changed(text);
        }
        return text.length <= MOST_BYTES ? text : Arrays.copyOf(text, MOST_BYTES);
    }

    private byte[] changed(byte[] text) {
        int from = random.nextInt(text.length + 1);
        int to = Math.min(text.length, from + random.nextInt(random.nextInt(4) == 0 ? text.length + 1 : 24));
        byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(8)) {
            case 0 -> joined(text, from, new byte[] {(byte) random.nextInt(256)}, 1, Math.min(text.length, from + 1));
            case 1 -> joined(text, from, piece, 0, to);
            case 2 -> joined(text, from, piece, 1, from);
            case 3 -> joined(text, from, piece, 1, to);
            case 4 -> joined(text, from, piece, 1 + random.nextInt(MOST_REPEATED), from);
            case 5 -> joined(text, from, Arrays.copyOfRange(text, from, to), 1 + random.nextInt(64), from);
            case 6 -> Arrays.copyOf(text, from);
            default -> {
                byte[] other = good.get(random.nextInt(good.size()));
                int start = random.nextInt(other.length + 1);
                int end = start + random.nextInt(other.length - start + 1);
                yield joined(text, from, Arrays.copyOfRange(other, start, end), 1, to);
            }
        };
    }

    private static byte[] joined(byte[] text, int from, byte[] piece, int times, int to) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(text, 0, from);
        for (int i = 0; i < times && joined.size() < MOST_BYTES; i++) {
            joined.writeBytes(piece);
        }
        joined.write(text, to, text.length - to);
        return joined.toByteArray();
    }
}
