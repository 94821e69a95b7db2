package dev.agon.model.http;

import dev.agon.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What came of each failed attempt at one call: how many there were, what they consumed, and one line each of the first three and
 * the last seven, without the key.
 */
final class FailedTries {

    private static final int FIRST = 3;
    private static final int LAST = 7;
    private static final int SHOWN = 200;
    private static final int READ = 64 * 1024;
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Secret secret;
    private final List<String> first = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();
    private int attempts;
    private Usage usage = Usage.NONE;

    FailedTries(Secret secret) {
        this.secret = secret;
    }

    /**
     * @param sinceFirst nanoseconds since the first attempt began
     * @param what what came of it
     * @param consumed what it is known to have consumed
     */
    void add(long sinceFirst, String what, Usage consumed) {
        attempts++;
        usage = usage.plus(consumed);
        String line = String.format(Locale.ROOT, "+%.1f s: %s", sinceFirst / SECOND, shown(what));
        if (first.size() < FIRST) {
            first.add(line);
            return;
        }
        last.add(line);
        if (last.size() > LAST) {
            last.remove();
        }
    }

    /** Failed attempts. */
    int attempts() {
        return attempts;
    }

    /** What the failed attempts are known to have consumed. */
    Usage usage() {
        return usage;
    }

    /** One line that anyone may see: the key cut out first, then control characters made visible, then shortened. */
    String shown(String text) {
        StringBuilder shown = new StringBuilder();
        String safe = secret.cutFrom(text);
        for (int index = 0; index < safe.length() && shown.length() < SHOWN; index++) {
            char letter = safe.charAt(index);
            if (letter == '\n') {
                shown.append("\\n");
            } else if (Character.isISOControl(letter)) {
                shown.append(String.format("\\u%04x", (int) letter));
            } else {
                shown.append(letter);
            }
        }
        return shown.toString();
    }

    /** The beginning of a body as text. */
    static String text(byte[] body) {
        return new String(body, 0, Math.min(body.length, READ), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>(first);
        int leftOut = attempts - first.size() - last.size();
        if (leftOut > 0) {
            lines.add("… " + leftOut + " more …");
        }
        lines.addAll(last);
        return String.join("\n", lines);
    }
}
