package dev.agon.model.http;

import dev.agon.model.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The failed tries of one call: how many there were, what they consumed, and a line for each of the first three and the last seven.
 * The lines do not hold the key.
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
    private int tries;
    private Usage usage = Usage.NONE;

    FailedTries(Secret secret) {
        this.secret = secret;
    }

    /**
     * @param sinceFirst nanoseconds since the first try began
     * @param what what went wrong
     * @param consumed what it consumed, as far as that is known
     */
    void add(long sinceFirst, String what, Usage consumed) {
        tries++;
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

    /** Failed tries. */
    int tries() {
        return tries;
    }

    /** What the failed tries consumed, as far as that is known. */
    Usage usage() {
        return usage;
    }

    /** The text as one short line that may be shown: without the key, and with visible control characters. */
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

    /** The beginning of a body. */
    static String beginning(String body) {
        return body.substring(0, Math.min(body.length(), READ));
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>(first);
        int leftOut = tries - first.size() - last.size();
        if (leftOut > 0) {
            lines.add("… " + leftOut + " more …");
        }
        lines.addAll(last);
        return String.join("\n", lines);
    }
}
