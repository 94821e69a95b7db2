package dev.agon.repair;

import java.util.List;

/** Proposes edits for files of one language: {@link PythonEdits} or {@link TextEdits}. */
interface EditOperators {

    /** Every single edit of the file that the operators know. Some edits may occur twice. */
    List<Edit> propose(String path, String text, Vocabulary vocabulary);
}
