package dev.agon.model.repair;

import java.util.List;

/** Proposes single edits of shell scripts, settings and other text, token by token. */
final class TextEdits implements EditOperators {

    @Override
    public List<Edit> propose(String path, String text, Vocabulary vocabulary) {
        return List.of();
    }
}
