package dev.agon.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Words of which an expression needs one to match. To look for all of them in one pass over a text is much faster than to match.
 *
 * <p>In: a text. Out: which of the words it has, in the same case.
 */
final class Words {

    private static final int CHARACTERS = 128;

    /** By first character. */
    private final List<List<String>> words = new ArrayList<>();

    /** @param words in ASCII, none of them empty */
    Words(Collection<String> words) {
        for (int i = 0; i < CHARACTERS; i++) {
            this.words.add(null);
        }
        for (String word : new HashSet<>(words)) {
            char first = word.charAt(0);
            if (this.words.get(first) == null) {
                this.words.set(first, new ArrayList<>());
            }
            this.words.get(first).add(word);
        }
    }

    Set<String> in(String text) {
        Set<String> found = new HashSet<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            List<String> here = c < CHARACTERS ? words.get(c) : null;
            if (here != null) {
                for (String word : here) {
                    if (text.startsWith(word, i)) {
                        found.add(word);
                    }
                }
            }
        }
        return found;
    }
}
