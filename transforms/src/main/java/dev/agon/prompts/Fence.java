package dev.agon.prompts;

import dev.agon.schemas.Ids;
import java.util.List;

/**
 * Fences around text from rollouts in a prompt. They are Agon's own: the paper (arXiv 2604.16529) has none. The id of a fence is a hash
 * of all texts inside. So no text can close its own fence, and the same texts always get the same prompt.
 */
public final class Fence {

    private static final int LENGTH = 12;

    private Fence() {}

    /** The fence for exactly these texts: 12 hexadecimal digits. */
    public static String around(List<String> texts) {
        return Ids.sha256(texts.toArray(String[]::new)).substring(0, LENGTH);
    }

    /** The fence for exactly these texts: 12 hexadecimal digits. */
    public static String around(String... texts) {
        return around(List.of(texts));
    }
}
