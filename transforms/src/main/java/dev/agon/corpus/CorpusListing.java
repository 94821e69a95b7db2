package dev.agon.corpus;

import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * The files of a corpus, or the one folder of an earlier run. Of a folder, those that can be trajectories by their names; of a glob, all.
 *
 * @param files paths or URIs, sorted
 * @param leftOut files of the folder whose names say that they are something else
 * @param earlierRun whether the one of {@code files} is the folder of an earlier run, whose tables are the corpus
 */
public record CorpusListing(List<String> files, List<String> leftOut, boolean earlierRun) {

    /** Most attempts at one task that are selected from: rounds of the tournament are unrolled for so many. */
    public static final int ATTEMPTS_AT_MOST = 1024;

    private static final ParquetReadOptions CHECKED = ParquetReadOptions.builder(new PlainParquetConfiguration())
            .usePageChecksumVerification(true)
            .build();
    private static final String OF_A_TRIAL = "/agent/trajectory.json";
    private static final List<String> ENDINGS = List.of(".json", ".traj", ".jsonl");
    private static final Set<String> SOMETHING_ELSE = Set.of(
            "report.json", "preds.json", "predictions.jsonl", "result.json", "results.json", "run.json", "config.json");

    /** @throws BadCorpusException when nothing is there */
    public static CorpusListing of(String path) throws BadCorpusException {
        boolean glob = path.contains("*") || path.contains("?");
        List<String> files = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        try {
            if (!OwnTables.files(path, TableName.ROLLOUTS).isEmpty()) {
                return earlierRun(path);
            }
            List<String> found = glob ? match(path) : match(path.replaceAll("/+$", "") + "/**");
            if (found.isEmpty() && !glob) {
                found = match(path);
                glob = true; // one file, which is taken whatever its name
            }
            Set<String> trials = trialsOfHarbor(found);
            for (String file : found) {
                boolean taken = glob || canBeTrajectory(file) && !isBesideTrajectory(file, trials);
                (taken ? files : leftOut).add(file);
            }
        } catch (IOException | IllegalArgumentException e) { // the latter of Beam, for a scheme that it does not know
            throw new BadCorpusException("`replay.path` " + path + " cannot be listed: " + e.getMessage());
        }
        if (files.isEmpty()) {
            throw new BadCorpusException("`replay.path` " + path + " has no trajectories"
                    + (leftOut.isEmpty()
                            ? ": no file is there"
                            : ": none of the " + leftOut.size() + " files ends with " + String.join(", ", ENDINGS)
                                    + " and is not called " + SOMETHING_ELSE));
        }
        return new CorpusListing(
                files.stream().sorted().toList(), leftOut.stream().sorted().toList(), false);
    }

    private static CorpusListing earlierRun(String run) throws IOException, BadCorpusException {
        for (TableName table : List.of(TableName.TASKS, TableName.ROLLOUTS, TableName.GRADES)) {
            for (String file : OwnTables.files(run, table)) {
                Optional<String> damage = damage(file);
                if (damage.isPresent()) {
                    throw new BadCorpusException("`replay.path` " + run + " has the tables of a run, but " + file
                            + " is no Parquet file, or is damaged (" + damage.get() + "): copy it anew");
                }
            }
        }
        return new CorpusListing(List.of(run), List.of(), true);
    }

    /** What is wrong with a table. It is read to its end, and each page held against its checksum: the pipeline could not go on. */
    private static Optional<String> damage(String file) throws IOException {
        MatchResult.Metadata found = FileSystems.matchSingleFileSpec(file);
        try (SeekableByteChannel in = (SeekableByteChannel) FileSystems.open(found.resourceId());
                ParquetFileReader reader = new ParquetFileReader(new ChannelInput(in), CHECKED)) {
            while (reader.readNextRowGroup() != null) {
                // read for its checksums alone
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) { // Parquet has no exception of its own for a damaged file
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** A channel as a file that Parquet reads from. */
    private record ChannelInput(SeekableByteChannel channel) implements InputFile {

        @Override
        public long getLength() throws IOException {
            return channel.size();
        }

        @Override
        public SeekableInputStream newStream() {
            return new DelegatingSeekableInputStream(Channels.newInputStream(channel)) {
                @Override
                public long getPos() throws IOException {
                    return channel.position();
                }

                @Override
                public void seek(long position) throws IOException {
                    channel.position(position);
                }
            };
        }
    }

    static List<String> match(String pattern) throws IOException {
        return FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata().stream()
                .map(MatchResult.Metadata::resourceId)
                .filter(file -> !file.isDirectory())
                .map(Object::toString)
                .toList();
    }

    /** Folders of trials as Harbor writes them, each with its trajectory in {@value #OF_A_TRIAL}. */
    private static Set<String> trialsOfHarbor(List<String> files) {
        return files.stream()
                .filter(file -> file.endsWith(OF_A_TRIAL))
                .map(file -> file.substring(0, file.length() - OF_A_TRIAL.length()))
                .collect(Collectors.toSet());
    }

    /** Whether a trial of Harbor has it besides its trajectory: the same attempt in its agent's own format, logs, rewards. */
    private static boolean isBesideTrajectory(String file, Set<String> trials) {
        for (int slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
            String folder = file.substring(0, slash);
            if (trials.contains(folder)) {
                return !file.equals(folder + OF_A_TRIAL);
            }
        }
        return false;
    }

    private static boolean canBeTrajectory(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return !name.startsWith(".")
                && ENDINGS.stream().anyMatch(plain::endsWith)
                && !SOMETHING_ELSE.contains(plain)
                && !plain.endsWith(".report.json");
    }
}
