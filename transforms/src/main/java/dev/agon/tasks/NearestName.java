package dev.agon.tasks;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the valid name that is nearest to a wrong one, for messages. */
public final class NearestName {

    private static final int NEAR = 2;

    private NearestName() {}

    /** Whether a wrong name is a valid one with a slip or two. */
    public static boolean isNear(String wrong, Collection<String> valid) {
        return LevenshteinDistance.getDefaultInstance().apply(wrong, of(wrong, valid)) <= NEAR;
    }

    /**
     * The valid name with the smallest edit distance. Of equally near names it is the first in alphabetical order.
     *
     * @throws IllegalArgumentException when there is no valid name
     */
    public static String of(String wrong, Collection<String> valid) {
        return valid.stream()
                .min(Comparator.comparing((String name) ->
                                LevenshteinDistance.getDefaultInstance().apply(wrong, name))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow(() -> new IllegalArgumentException("no valid name to compare " + wrong + " with"));
    }
}
