package dev.agon.corpus;

import dev.agon.concurrency.ConcurrentWork;
import dev.agon.journal.Journal;
import dev.agon.journal.Progress;
import dev.agon.runtime.Worker;
import dev.agon.schemas.CorpusEntry;
import dev.agon.schemas.CorpusFile;
import dev.agon.schemas.CorpusOutcome;
import dev.agon.schemas.Failure;
import dev.agon.trajectory.TrajectoriesOfFile;
import dev.agon.trajectory.Trajectory;
import dev.agon.trajectory.TrajectoryReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Reads one file of a corpus. Its attempts go into the journal, whence whoever needs one loads it; on go their rows without the long
 * parts, and apart from them the outcomes. A file that cannot be read is a failure.
 */
final class ReadTrajectories implements ConcurrentWork<String, CorpusFile> {

    static final TupleTag<CorpusFile> FILES = new TupleTag<>("files") {};

    private final String format;
    private transient Journal journal;
    private transient TrajectoryReader reader;

    ReadTrajectories(String format) {
        this.format = format;
    }

    @Override
    public void open(Worker worker) {
        journal = worker.journal();
        reader = new TrajectoryReader();
    }

    @Override
    public CorpusFile apply(String path) {
        List<CorpusEntry> entries = new ArrayList<>();
        List<CorpusOutcome> outcomes = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        StoredFile file = new StoredFile(path);
        try {
            read(file, entries, outcomes, failures);
        } catch (IOException e) {
            failures.add(failure(path, e));
        }
        List<String> parts = entries.isEmpty() ? List.of() : List.copyOf(file.nearRead());
        return new CorpusFile(path, entries, outcomes, failures, parts);
    }

    private void read(StoredFile file, List<CorpusEntry> entries, List<CorpusOutcome> outcomes, List<Failure> failures)
            throws IOException {
        String path = file.path();
        try (InputStream in = file.open()) {
            TrajectoriesOfFile read = file.size() > TrajectoryReader.BYTES_AT_MOST
                    ? TrajectoriesOfFile.nothing(TrajectoryReader.tooLarge(file.size()))
                    : reader.read(in, file, format);
            read.trajectories().forEach(trajectory -> add(trajectory, path, entries, outcomes));
            read.bad().forEach(bad -> failures.add(failure(path, bad)));
        }
    }

    private void add(Trajectory trajectory, String path, List<CorpusEntry> entries, List<CorpusOutcome> outcomes) {
        entries.add(KeepTrajectory.in(journal, trajectory));
        trajectory.reward().ifPresent(reward -> outcomes.add(outcome(trajectory, reward, path)));
    }

    private static Failure failure(String path, Exception why) {
        return CorpusOutcomes.failure("trajectories", path, null, "bad_input", path + ": " + why.getMessage());
    }

    private static CorpusOutcome outcome(Trajectory trajectory, double reward, String path) {
        return new CorpusOutcome(trajectory.taskId(), trajectory.trial(), reward >= 1, reward, path, 0);
    }

    @Override
    public void emit(CorpusFile file, MultiOutputReceiver out) {
        out.get(FILES).output(file);
    }

    @Override
    public Failure.Builder failureOf(String path) {
        return Failure.newBuilder().setStep("trajectories").setElementId(path);
    }

    @Override
    public void count(CorpusFile file, Progress progress) {
        progress.add(Progress.Counter.ROLLOUTS, file.getEntries().size());
        progress.add(Progress.Counter.FAILURES, file.getFailures().size());
    }
}
