package dev.agon.pipelines.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import dev.agon.schemas.TableName;
import dev.agon.tables.LongRollout;
import dev.agon.tables.TableFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutTableTest {

    private static final long MOST_BYTES_OF_ONE = 8_000_000;

    @TempDir
    Path run;

    @Test
    void ofFiveHundredRolloutsOneIsReadWithoutTheOthers() throws IOException {
        int bytes = 138_000;
        write(IntStream.range(0, 500).mapToObj(index -> rollout(index, bytes)));
        Path file = run.resolve("rollouts/a.parquet");
        assertThat(Files.size(file)).isGreaterThan(65_000_000);

        for (int index : List.of(0, 7, 99, 257, 499)) {
            CountedFile counted = new CountedFile(new LocalInputFile(file));
            Optional<Rollout> found =
                    StoredTable.first(counted, RolloutTable.isOf("t/0/" + index), Rollout.getClassSchema());
            assertThat(found).contains(rollout(index, bytes));
            assertThat(counted.bytes()).isBetween((long) bytes, MOST_BYTES_OF_ONE);
        }
    }

    @Test
    void anIdThatNoRolloutHasIsNotFound() throws IOException {
        assertThat(RolloutTable.find(run, "t/0/0")).isEmpty();
        write(IntStream.range(0, 3).mapToObj(index -> rollout(index, 10)));
        assertThat(RolloutTable.find(run, "t/0/2")).contains(rollout(2, 10));
        assertThat(RolloutTable.find(run, "t/0/3")).isEmpty();
        assertThat(RolloutTable.find(run, "t/1/2")).isEmpty();
        assertThat(RolloutTable.find(run, "u/0/2")).isEmpty();
        assertThat(RolloutTable.find(run, "t")).isEmpty();
    }

    @Test
    void idsAreReadFromTheirColumn() throws IOException {
        write(IntStream.range(0, 3).mapToObj(index -> rollout(index, 10)));
        assertThat(RolloutTable.ids(run)).containsExactly("t/0/0", "t/0/1", "t/0/2");
    }

    private void write(Stream<Rollout> rollouts) throws IOException {
        Files.createDirectories(run.resolve("rollouts"));
        try (FileChannel file = FileChannel.open(
                run.resolve("rollouts/a.parquet"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            TableFile.write(TableName.ROLLOUTS, "run", rollouts::iterator, file);
        }
    }

    /** A rollout with bytes that do not become fewer by much when they are compressed. */
    private static Rollout rollout(int index, int bytes) {
        byte[] noise = new byte[bytes];
        new Random(index).nextBytes(noise);
        Rollout model = LongRollout.of("+one\n");
        CommandRun command = model.getSteps().get(0).getCommands().get(0);
        return Rollout.newBuilder(model)
                .setRolloutId("t/0/" + index)
                .setIndex(index)
                .setSteps(List.of(Step.newBuilder(model.getSteps().get(0))
                        .setCommands(List.of(CommandRun.newBuilder(command)
                                .setOutput(Base64.getEncoder().encodeToString(noise))
                                .build()))
                        .build()))
                .build();
    }
}
