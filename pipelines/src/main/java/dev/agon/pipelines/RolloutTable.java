package dev.agon.pipelines;

import dev.agon.schemas.Rollout;
import dev.agon.schemas.TableName;
import dev.agon.tasks.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificData;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/** Reads single rollouts back from the tables of a run. */
final class RolloutTable {

    private RolloutTable() {}

    /**
     * The rollout of that id.
     *
     * @throws ConfigException when the folder has no table of rollouts, or the table no such rollout
     */
    static Rollout find(Path run, String rolloutId) throws ConfigException, IOException {
        Set<String> seen = new TreeSet<>();
        for (Path file : files(run)) {
            try (ParquetReader<Rollout> rows = AvroParquetReader.<Rollout>builder(
                            new LocalInputFile(file), new PlainParquetConfiguration())
                    .withDataModel(SpecificData.getForSchema(Rollout.getClassSchema()))
                    .build()) {
                for (Rollout rollout = rows.read(); rollout != null; rollout = rows.read()) {
                    if (rollout.getRolloutId().equals(rolloutId)) {
                        return rollout;
                    }
                    seen.add(rollout.getRolloutId());
                }
            }
        }
        throw new ConfigException(
                seen.isEmpty()
                        ? run + " has no rollouts"
                        : "no rollout of " + run + " is called " + rolloutId + ": did you mean "
                                + NearestName.of(rolloutId, seen) + "?");
    }

    private static List<Path> files(Path run) throws ConfigException, IOException {
        Path table = run.resolve(TableName.ROLLOUTS.folder());
        if (!Files.isDirectory(table)) {
            throw new ConfigException(run + " is not the folder of a run: it has no table of rollouts");
        }
        try (Stream<Path> files = Files.list(table)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }
}
