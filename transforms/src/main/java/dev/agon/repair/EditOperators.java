package dev.agon.repair;

import java.util.List;

/** What proposes edits for files of one language: {@link PythonEdits} or {@link TextEdits}. */
interface EditOperators {

    /** Every single edit of the file that the operators know, unordered, possibly with repetitions. */
    List<Edit> propose(String path, String text, Vocabulary vocabulary);
}
