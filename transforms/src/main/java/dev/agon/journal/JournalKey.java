package dev.agon.journal;

import dev.agon.schemas.Ids;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where one result of paid work is kept: what kind of work, which slot, and the hash of everything that can change the answer.
 * Prices, limits, time-outs, addresses and concurrency stay out of the hash, and the number of slots stays out of the slot: a
 * larger run finds what a smaller one bought.
 *
 * @param kind kind of entry, such as {@code rollouts}
 * @param slot the slot, with {@code /} between its parts, such as a rollout_id
 * @param hash lower-case hexadecimal hash of the inputs
 */
public record JournalKey(String kind, String slot, String hash) {

    private static final int HASH_CHARACTERS = 32;

    /** A key whose hash is made of the given inputs; null inputs differ from empty ones. */
    public static JournalKey of(String kind, String slot, Object... inputs) {
        String[] parts = Arrays.stream(inputs)
                .map(input -> input == null ? "-" : "+" + input)
                .toArray(String[]::new);
        return new JournalKey(kind, slot, Ids.sha256(parts).substring(0, HASH_CHARACTERS));
    }

    /** A key whose hash is that of the bytes that are kept there. */
    static JournalKey ofContent(String kind, String slot, byte[] content) {
        return new JournalKey(kind, slot, Ids.sha256(content).substring(0, HASH_CHARACTERS));
    }

    /** Name of the blob: readable, and safe as a path whatever the slot holds. */
    public String blobName() {
        String path = Arrays.stream(slot.split("/", -1)).map(JournalKey::safe).collect(Collectors.joining("/"));
        return kind + "/" + path + "/" + hash;
    }

    private static String safe(String part) {
        String encoded = URLEncoder.encode(part, StandardCharsets.UTF_8).replace("*", "%2A");
        // "." and ".." name folders, and "" is none.
        return encoded.chars().allMatch(c -> c == '.') ? "%" + encoded.length() + encoded.replace('.', '_') : encoded;
    }
}
