package dev.agon.repair;

import java.util.List;
import java.util.Map;

/** What the repair policy reads. */
public final class RepairTexts {

    private RepairTexts() {}

    public static void source(String path, String text) {
        Vocabulary vocabulary = Vocabulary.of(text, new Concern(text, ""), Map.of(path, text, "settings.ini", text));
        for (EditOperators operators : List.of(new PythonEdits(), new TextEdits())) {
            operators.propose(path, text, vocabulary);
        }
    }

    public static void attempt(String text) {
        AttemptReport.of(text);
        CheckResult.of(Observation.parse(text));
        TrajectoryDigest.of(text);
    }
}
