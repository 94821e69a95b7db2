package dev.agon.bench;

import dev.agon.sandbox.FileTrees;
import dev.agon.schemas.Failure;
import dev.agon.schemas.TableName;
import dev.agon.stores.JournalStore;
import dev.agon.tables.TableData;
import dev.agon.tables.TableRows;
import dev.agon.tables.TableTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Contextful;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How long the rows of a table take to write, in one process and as many files as a run has: by {@link TableRows}, which make
 * ParquetIO's sink when a file is opened, against ParquetIO's sink as it is, which carries a Hadoop configuration into each bundle.
 */
public final class TableBench {

    private static final int FILES = 4;
    private static final int TIMES = 7;

    private TableBench() {}

    public static void main(String[] arguments) throws Exception {
        for (int rows : new int[] {200, 10_000}) {
            double[] plain = new double[TIMES];
            double[] ours = new double[TIMES];
            for (int time = -1; time < TIMES; time++) { // the first is not counted
                double first = seconds(rows, TableBench::asItIs);
                double second = seconds(rows, TableBench::byTableRows);
                if (time >= 0) {
                    plain[time] = first;
                    ours[time] = second;
                }
            }
            System.out.printf(
                    "%,d rows, %d files: ParquetIO's sink as it is %.2f s, TableRows %.2f s: %.2f of it (medians of %d)%n",
                    rows, FILES, median(plain), median(ours), median(ours) / median(plain), TIMES);
        }
    }

    /** A way to write rows into a folder. */
    private interface Way {
        void write(PCollection<Failure> rows, String folder);
    }

    private static void byTableRows(PCollection<Failure> rows, String folder) {
        TableRows tables = new TableRows(new TableTarget(folder, "bench", FILES), new JournalStore(folder));
        tables.add(TableName.FAILURES, rows);
        tables.write(rows.getPipeline());
    }

    private static void asItIs(PCollection<Failure> rows, String folder) {
        ParquetIO.Sink sink = ParquetIO.sink(Failure.getClassSchema())
                .withAvroDataModel(TableData.get())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withConfiguration(Map.of("parquet.avro.write-old-list-structure", "false"));
        rows.apply(FileIO.<Failure>write()
                .via(Contextful.fn(row -> (GenericRecord) row), sink)
                .to(folder)
                .withSuffix(".parquet")
                .withNumShards(FILES));
    }

    private static double seconds(int count, Way way) throws Exception {
        List<Failure> rows = IntStream.range(0, count).mapToObj(TableBench::row).toList();
        Path folder = Files.createTempDirectory("agon-bench-");
        Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
        way.write(
                pipeline.apply(Create.of(rows).withCoder(AvroCoder.specific(Failure.class))),
                folder.resolve("out").toString());
        long start = System.nanoTime();
        pipeline.run().waitUntilFinish();
        double seconds = (System.nanoTime() - start) / 1e9;
        FileTrees.remove(folder);
        return seconds;
    }

    private static Failure row(int number) {
        return Failure.newBuilder()
                .setStep("rollouts")
                .setElementId("task-" + number % 50 + "/0/" + number)
                .setTaskId("task-" + number % 50)
                .setKind("sandbox")
                .setMessage("the sandbox of rollout " + number + " did not start")
                .build();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
