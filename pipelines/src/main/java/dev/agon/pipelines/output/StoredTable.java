package dev.agon.pipelines.output;

import dev.agon.schemas.TableName;
import dev.agon.tables.TableColumns;
import dev.agon.tables.TableData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/** The rows of one table of a run, read one after the other. A missing table has no rows. */
public final class StoredTable<T extends SpecificRecord> {

    /** Takes one row, and may write it somewhere. */
    public interface Taker<T> {
        void take(T row) throws IOException;
    }

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

    /** The first row that passes the test. Of each file it reads only the row groups that may have such a row. */
    Optional<T> first(FilterPredicate wanted) throws IOException {
        for (Path file : files()) {
            Optional<T> row = first(new LocalInputFile(file), wanted, table.schema());
            if (row.isPresent()) {
                return row;
            }
        }
        return Optional.empty();
    }

    static <T extends SpecificRecord> Optional<T> first(InputFile file, FilterPredicate wanted, Schema record)
            throws IOException {
        try (ParquetReader<T> rows = AvroParquetReader.<T>builder(file, columns(record))
                .withDataModel(TableData.get())
                .withFilter(FilterCompat.get(wanted))
                .build()) {
            return Optional.ofNullable(rows.read());
        }
    }

    public void forEach(Taker<T> taker) throws IOException {
        read(columns(table.schema()), TableData.get(), taker);
    }

    /** Reads only some columns of each row. */
    void forEach(List<String> columns, Taker<GenericRecord> taker) throws IOException {
        Schema all = table.schema();
        Schema some = Schema.createRecord(all.getName(), null, all.getNamespace(), false);
        some.setFields(columns.stream()
                .map(column -> new Schema.Field(column, all.getField(column).schema()))
                .toList());
        read(columns(some), GenericData.get(), taker);
    }

    /** Reads only the fields of this record. */
    private static PlainParquetConfiguration columns(Schema record) {
        PlainParquetConfiguration configuration = new PlainParquetConfiguration();
        TableColumns.of(record).forEach(configuration::set);
        return configuration;
    }

    private <R> void read(PlainParquetConfiguration configuration, GenericData model, Taker<R> taker)
            throws IOException {
        for (Path file : files()) {
            try (ParquetReader<R> rows = AvroParquetReader.<R>builder(new LocalInputFile(file), configuration)
                    .withDataModel(model)
                    .build()) {
                for (R row = rows.read(); row != null; row = rows.read()) {
                    taker.take(row);
                }
            }
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
