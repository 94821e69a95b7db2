package dev.agon.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Words of which an expression needs one to match. To look for all of them in one pass over a text is much faster than to match, and
 * over its bytes faster than over its characters.
 *
 * <p>In: a text. Out: which of the words it has, in the same case.
 */
final class Words {

    private record Word(String text, byte[] bytes) {}

    /** By first byte. */
    private final List<List<Word>> words = new ArrayList<>();

    /** @param words in ASCII, none of them empty */
    Words(Collection<String> words) {
        for (int i = 0; i <= 0xFF; i++) {
            this.words.add(new ArrayList<>());
        }
        for (String word : new HashSet<>(words)) {
            byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
            this.words.get(bytes[0]).add(new Word(word, bytes));
        }
    }

    Set<String> in(String text) {
        Set<String> found = new HashSet<>();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1); // a question mark for each character that it lacks
        for (int i = 0; i < bytes.length; i++) {
            for (Word word : words.get(bytes[i] & 0xFF)) {
                int end = i + word.bytes().length;
                if (end <= bytes.length && Arrays.equals(bytes, i, end, word.bytes(), 0, word.bytes().length)) {
                    found.add(word.text());
                }
            }
        }
        return found;
    }
}
