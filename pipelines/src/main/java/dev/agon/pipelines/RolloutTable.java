package dev.agon.pipelines;

import dev.agon.schemas.Rollout;
import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    /** The rollout of that id; empty when the folder has no table of rollouts, or the table no such rollout. */
    static Optional<Rollout> find(Path run, String rolloutId) throws IOException {
        for (Path file : files(run)) {
            try (ParquetReader<Rollout> rows = open(file)) {
                for (Rollout rollout = rows.read(); rollout != null; rollout = rows.read()) {
                    if (rollout.getRolloutId().equals(rolloutId)) {
                        return Optional.of(rollout);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Ids of all rollouts in the table. */
    static Set<String> ids(Path run) throws IOException {
        Set<String> ids = new TreeSet<>();
        for (Path file : files(run)) {
            try (ParquetReader<Rollout> rows = open(file)) {
                for (Rollout rollout = rows.read(); rollout != null; rollout = rows.read()) {
                    ids.add(rollout.getRolloutId());
                }
            }
        }
        return ids;
    }

    private static ParquetReader<Rollout> open(Path file) throws IOException {
        return AvroParquetReader.<Rollout>builder(new LocalInputFile(file), new PlainParquetConfiguration())
                .withDataModel(SpecificData.getForSchema(Rollout.getClassSchema()))
                .build();
    }

    private static List<Path> files(Path run) throws IOException {
        Path table = run.resolve(TableName.ROLLOUTS.folder());
        if (!Files.isDirectory(table)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(table)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }
}
