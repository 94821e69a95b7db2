package dev.agon.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids, hashes and seeds: all of them functions of their inputs, the same on every machine and engine. */
public final class Ids {

    /** Characters of a long name that stay readable. */
    private static final int BEGINNING = 60;

    private Ids() {}

    /** {@code <task_id>/<iteration>/<index>}. */
    public static String rolloutId(String taskId, int iteration, int index) {
        return taskId + "/" + iteration + "/" + index;
    }

    /** {@code <task_id>/<iteration>/<stage>/<round>/<group>}. */
    public static String matchId(String taskId, int iteration, String stage, int round, int group) {
        return taskId + "/" + iteration + "/" + stage + "/" + round + "/" + group;
    }

    /**
     * A seed for one purpose: the run's seed and the names of what it is for, hashed. Non-negative and below 2^53, so that every
     * endpoint and every JSON reader takes it exactly.
     */
    public static long seed(long runSeed, Object... purpose) {
        MessageDigest digest = digest();
        update(digest, Long.toString(runSeed));
        for (Object part : purpose) {
            update(digest, String.valueOf(part));
        }
        return ByteBuffer.wrap(digest.digest()).getLong() & ((1L << 53) - 1);
    }

    /** Lower-case hexadecimal SHA-256 of strings; where one ends and the next begins enters the hash. */
    public static String sha256(String... parts) {
        MessageDigest digest = digest();
        for (String part : parts) {
            update(digest, part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * A name that file systems take: the name itself, or the beginning of a longer one, {@code ~} and a hash of the whole.
     *
     * @param name of ASCII characters; a {@code %} in it begins an escape of three
     * @param most the longest name that is left as it is
     */
    public static String fileName(String name, int most) {
        return name.length() <= most
                ? name
                : name.substring(0, BEGINNING).replaceFirst("%.?$", "") + "~"
                        + sha256(name).substring(0, 32);
    }

    /** Lower-case hexadecimal SHA-256 of bytes. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static void update(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
