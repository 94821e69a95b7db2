package dev.agon.journal;

import com.google.common.base.Strings;
import dev.agon.schemas.Ids;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where one result of paid work is kept: what kind of work, which slot, and the hash of everything that can change the answer.
 * Prices, limits, time-outs, addresses and concurrency stay out of the hash, and the number of slots stays out of the slot: a
 * larger run finds what a smaller one bought.
 *
 * <p>The name of the blob is {@code kind/slot/hash}. A step of a rollout in progress is {@code steps/slot/hash/00001}, with slot and
 * hash of its rollout; the model's answer alone, before its commands have run, is {@code steps/slot/hash/00001-answer}. A part of
 * a slot that is too long for a name, or a slot that is too long for a path, stands there as {@link Ids#fileName} has it. The slot
 * that is read from such a name has it in the same form.
 *
 * @param kind kind of entry
 * @param slot the slot, with {@code /} between its parts, such as a rollout_id
 * @param hash lower-case hexadecimal hash of the inputs; of a step, the rollout's hash and what follows it
 */
public record JournalKey(BlobKind kind, String slot, String hash) {

    private static final int HASH_CHARACTERS = 32;
    private static final Pattern NAME =
            Pattern.compile("([^/]+)/(.+)/([0-9a-f]{" + HASH_CHARACTERS + "})(?:/([0-9]{1,9})(?:-answer)?)?");
    /** Longest part of a path that every file system takes. */
    private static final int LONGEST_PART = 255;
    /** Longest path of a slot: object stores take 1,024 characters in all. */
    private static final int LONGEST_PATH = 800;

    private static final Pattern SHORTENED = Pattern.compile("[\\w.%+-]{58,60}~[0-9a-f]{32}");
    private static final Pattern DOTS = Pattern.compile("%([0-9]{1,9})(_*)");

    public JournalKey {
        if (!kind.isEntry()) {
            throw new IllegalArgumentException(kind + " are no entries");
        }
    }

    /** A key whose hash is made of the given inputs; null inputs differ from empty ones. */
    public static JournalKey of(BlobKind kind, String slot, Object... inputs) {
        String[] parts = Arrays.stream(inputs)
                .map(input -> input == null ? "-" : "+" + input)
                .toArray(String[]::new);
        return new JournalKey(kind, slot, hashOf(Ids.sha256(parts)));
    }

    /** As much of a digest as stands in names. */
    static String hashOf(String digest) {
        return digest.substring(0, HASH_CHARACTERS);
    }

    /** Name of the blob: readable, and safe as a path whatever the slot holds. */
    public String blobName() {
        return folderOf(kind, slot) + "/" + hash;
    }

    /** The folder of all entries of a kind in a slot, whatever their inputs. */
    public static String folderOf(BlobKind kind, String slot) {
        String path = Arrays.stream(slot.split("/", -1)).map(JournalKey::safe).collect(Collectors.joining("/"));
        return kind.folder() + "/" + (path.length() <= LONGEST_PATH ? path : Ids.fileName(encoded(slot), LONGEST_PART));
    }

    /** Where a step of the rollout of this key is kept, from 1, once its commands have run. */
    public JournalKey step(int number) {
        return new JournalKey(BlobKind.STEPS, slot, hash + "/" + Strings.padStart(Integer.toString(number), 5, '0'));
    }

    /** Where the answer of a step is kept, before its commands have run. */
    public JournalKey answer(int number) {
        return new JournalKey(BlobKind.STEPS, slot, step(number).hash() + "-answer");
    }

    /** Whether a blob of that name is an entry; kinds that this version does not write count too. */
    static boolean isEntry(String blobName) {
        return NAME.matcher(blobName).matches()
                && BlobKind.of(blobName).map(BlobKind::isEntry).orElse(true);
    }

    /** The rollout of an entry: of one that is finished, and of a step of one in progress. Empty for other entries. */
    public static Optional<JournalKey> rolloutOf(String blobName) {
        Matcher name = NAME.matcher(blobName);
        return name.matches()
                        && BlobKind.of(blobName)
                                .filter(kind -> kind == BlobKind.ROLLOUTS || kind == BlobKind.STEPS)
                                .isPresent()
                ? Optional.of(new JournalKey(BlobKind.ROLLOUTS, slot(name.group(2)), name.group(3)))
                : Optional.empty();
    }

    /** The number of the step that an entry holds or the answer of which it holds; empty for other entries. */
    static Optional<Integer> stepNumber(String blobName) {
        Matcher name = NAME.matcher(blobName);
        return name.matches() && BlobKind.of(blobName).equals(Optional.of(BlobKind.STEPS))
                ? Optional.ofNullable(name.group(4)).map(Integer::valueOf)
                : Optional.empty();
    }

    /** Whether an entry holds what the commands of a step gave, beside the answer that is there already. */
    static boolean isObservation(String blobName) {
        return blobName.startsWith(BlobKind.STEPS.folder() + "/") && !blobName.endsWith("-answer");
    }

    private static String slot(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(part -> {
                    if (SHORTENED.matcher(part).matches()) {
                        return part;
                    }
                    Matcher dots = DOTS.matcher(part);
                    return dots.matches()
                                    && Integer.parseInt(dots.group(1))
                                            == dots.group(2).length()
                            ? dots.group(2).replace('_', '.')
                            : URLDecoder.decode(part, StandardCharsets.UTF_8);
                })
                .collect(Collectors.joining("/"));
    }

    private static String safe(String part) {
        if (SHORTENED.matcher(part).matches()) {
            return part; // read from a name
        }
        String encoded = encoded(part);
        // "." and ".." name folders, and "" is none.
        boolean dots = encoded.chars().allMatch(c -> c == '.');
        return Ids.fileName(dots ? "%" + encoded.length() + encoded.replace('.', '_') : encoded, LONGEST_PART);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A");
    }
}
