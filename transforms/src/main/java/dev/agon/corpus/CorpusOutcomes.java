package dev.agon.corpus;

import dev.agon.schemas.CorpusOutcome;
import dev.agon.schemas.Failure;
import dev.agon.trajectory.OutcomeReader;
import dev.agon.trajectory.OutcomesOfFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What files of outcomes say. The launcher reads them: they are small, and none goes to a step that selects.
 *
 * @param outcomes one for each attempt that they speak of
 * @param failures what could not be read, and attempts that were not graded
 */
public record CorpusOutcomes(List<CorpusOutcome> outcomes, List<Failure> failures) {

    /** Above what a trajectory's own file says. */
    private static final int RANK = 1;

    /** Of a folder: SWE-bench's, or where there are none Harbor's. */
    private static final List<String> REPORTS = List.of("/**report.json", "/**result.json");

    public CorpusOutcomes {
        outcomes = List.copyOf(outcomes);
        failures = List.copyOf(failures);
    }

    /**
     * Reads them.
     *
     * @param paths files, globs, or folders, of which all reports or results below are read
     * @throws BadCorpusException when nothing is there
     */
    public static CorpusOutcomes read(List<String> paths) throws BadCorpusException {
        List<CorpusOutcome> outcomes = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        OutcomeReader reader = new OutcomeReader();
        for (String path : paths) {
            try {
                for (String file : files(path)) {
                    add(reader.read(bytes(file), file), file, outcomes, failures);
                }
            } catch (IOException
                    | IllegalArgumentException e) { // the latter of Beam, for a scheme that it does not know
                throw new BadCorpusException("`replay.outcomes` " + path + " cannot be read: " + e.getMessage());
            }
        }
        return new CorpusOutcomes(outcomes, failures);
    }

    private static List<String> files(String path) throws IOException, BadCorpusException {
        List<String> files = CorpusListing.match(path);
        for (String reports : REPORTS) {
            if (files.isEmpty()) {
                files = CorpusListing.match(path.replaceAll("/+$", "") + reports);
            }
        }
        if (files.isEmpty()) {
            throw new BadCorpusException(
                    "`replay.outcomes` " + path + ": no file is there, and no report.json or result.json below it");
        }
        return files;
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream in = new StoredFile(file).open()) {
            return in.readAllBytes();
        }
    }

    private static void add(OutcomesOfFile read, String file, List<CorpusOutcome> outcomes, List<Failure> failures) {
        read.outcomes()
                .forEach(outcome -> outcomes.add(new CorpusOutcome(
                        outcome.taskId(),
                        outcome.trial().orElse(null),
                        outcome.resolved(),
                        outcome.reward(),
                        outcome.source(),
                        RANK)));
        read.bad()
                .forEach(bad ->
                        failures.add(failure("outcomes", file, null, "bad_input", file + ": " + bad.getMessage())));
        read.withoutVerdict()
                .forEach(task -> failures.add(failure(
                        "outcomes", file, task, "grader", file + " says that grading failed: there is no outcome")));
    }

    /** A failure to read a part of the corpus; {@code task} may be null. */
    static Failure failure(String step, String element, String task, String kind, String message) {
        return Failure.newBuilder()
                .setStep(step)
                .setElementId(element)
                .setTaskId(task)
                .setKind(kind)
                .setMessage(message)
                .build();
    }
}
