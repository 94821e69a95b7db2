package dev.agon.pipelines.output;

import dev.agon.schemas.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/** The rows of one table of a run, read one after the other. A missing table has no rows. */
public final class StoredTable<T extends SpecificRecord> {

    private final Path folder;
    private final TableName table;

    private StoredTable(Path run, TableName table) {
        this.folder = run.resolve(table.folder());
        this.table = table;
    }

    /** @param record the table's record */
    public static <T extends SpecificRecord> StoredTable<T> of(Path run, TableName table, Class<T> record) {
        if (!table.schema().getFullName().equals(record.getName())) {
            throw new IllegalArgumentException(table + " holds no " + record);
        }
        return new StoredTable<>(run, table);
    }

    /** The first row that passes the test. The rows after it are not read. */
    Optional<T> first(Predicate<T> wanted) throws IOException {
        for (Path file : files()) {
            try (ParquetReader<T> rows = AvroParquetReader.<T>builder(
                            new LocalInputFile(file), new PlainParquetConfiguration())
                    .withDataModel(SpecificData.getForSchema(table.schema()))
                    .build()) {
                for (T row = rows.read(); row != null; row = rows.read()) {
                    if (wanted.test(row)) {
                        return Optional.of(row);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Takes one row, and may write it somewhere. */
    public interface Taker<T> {
        void take(T row) throws IOException;
    }

    public void forEach(Taker<T> taker) throws IOException {
        try {
            first(row -> {
                try {
                    taker.take(row);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return false;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }
}
