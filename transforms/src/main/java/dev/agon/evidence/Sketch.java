package dev.agon.evidence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sketch of a text, which has a bounded size and can be compared: the smallest hashes of its words and numbers. From two sketches one
 * can estimate which share of the words is in both texts.
 */
final class Sketch {

    static final int SIZE = 128;
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{3,}|\\d+(?:\\.\\d+)?");

    private Sketch() {}

    static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            words.add(word.group());
        }
        return words;
    }

    /** Hashes of words, ascending, {@link #SIZE} at most. */
    static List<Integer> of(Set<String> words) {
        TreeSet<Integer> smallest = new TreeSet<>();
        for (String word : words) {
            smallest.add(spread(word.hashCode()));
            if (smallest.size() > SIZE) {
                smallest.pollLast();
            }
        }
        return new ArrayList<>(smallest);
    }

    /** Spreads hash codes evenly. Without this, similar words would have near hash codes. */
    private static int spread(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x7feb352d;
        mixed = (mixed ^ mixed >>> 15) * 0x846ca68b;
        return mixed ^ mixed >>> 16;
    }

    /** Estimated share of all words that is in both texts, from 0 to 1; 0 when one text has no words. */
    static double likeness(List<Integer> one, List<Integer> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        TreeSet<Integer> both = new TreeSet<>(one);
        both.addAll(other);
        Set<Integer> ofOne = new HashSet<>(one);
        Set<Integer> ofOther = new HashSet<>(other);
        List<Integer> smallest = both.stream().limit(SIZE).toList();
        long common = smallest.stream()
                .filter(hash -> ofOne.contains(hash) && ofOther.contains(hash))
                .count();
        return common / (double) smallest.size();
    }
}
