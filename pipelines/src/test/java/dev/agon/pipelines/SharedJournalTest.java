package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.stores.JournalStore;
import dev.agon.stores.Lease;
import dev.agon.stores.LeaseHolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that is named by an address: workers write the tables beside it, and the launcher brings them home. */
class SharedJournalTest {

    @TempDir
    Path folder;

    @Test
    void itsTablesAreThoseOfARunWithAPathAndNothingStaysBehind() throws Exception {
        assumeThat(RunEndToEndTest.bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        Path plain = run("plain", folder.resolve("plain.journal").toString());
        Path journal = folder.resolve("shared.journal");
        Path shared = run("shared", "file://" + journal);

        assertThat(new RunQuery(shared).number("SELECT count(*) FROM rollouts")).isEqualTo(4);
        assertThat(new RunQuery(shared).fingerprint()).isEqualTo(new RunQuery(plain).fingerprint());
        assertThat(names(shared)).isEqualTo(names(plain));
        assertThat(filesBelow(journal.resolve("handover"))).isEmpty();
        assertThat(filesBelow(folder.resolve("plain.journal/handover"))).isEmpty();
        assertThat(filesBelow(journal.resolve("rollouts"))).hasSize(4);
        for (String command : List.of("stats", "verify")) {
            Outcome outcome = RunEndToEndTest.execute("journal", command, "file://" + journal);
            assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        }
    }

    @Test
    void aJournalOnHdfsIsAJournalLikeAnyOther() throws Exception {
        assumeThat(RunEndToEndTest.bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        Path plain = run("plain", folder.resolve("plain.journal").toString());
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        try (MiniDFSCluster hdfs =
                new MiniDFSCluster.Builder(configuration).numDataNodes(1).build()) {
            hdfs.waitActive();
            String address = "hdfs://127.0.0.1:" + hdfs.getNameNodePort();
            String options = "--hdfsConfiguration=[{\"fs.defaultFS\": \"" + address + "\"}]";
            Path shared = run("shared", address + "/agon/demo.journal", options);
            assertThat(new RunQuery(shared).fingerprint()).isEqualTo(new RunQuery(plain).fingerprint());
            assertThat(names(shared)).isEqualTo(names(plain));

            Path again = run("again", address + "/agon/demo.journal", options);
            assertThat(new RunQuery(again).number("SELECT sum(model_calls_paid) FROM rollouts"))
                    .as("what was bought is found there")
                    .isZero();
        }
    }

    @Test
    void aSecondRunIsRefusedByNameWhileReadersAreNot() throws Exception {
        assumeThat(RunEndToEndTest.bubblewrap())
                .as("bubblewrap is not installed: apt-get install bubblewrap")
                .isTrue();
        Path journal = folder.resolve("held.journal");
        Path first = run("first", journal.toString());
        List<Path> entries = filesBelow(journal.resolve("rollouts"));
        List<String> before = names(journal);
        LeaseHolder holder = new LeaseHolder("night-7-0a1b2c3d", "1772625600000", "host-a", 17);
        try (Lease lease = new JournalStore(journal.toString()).lease(holder, InstantSource.system())) {
            Path second = folder.resolve("second");
            Outcome refused = RunEndToEndTest.execute(arguments(second, journal.toString()));
            assertThat(refused.exitCode()).as(refused.text()).isEqualTo(2);
            assertThat(refused.text())
                    .contains("the journal " + journal + " is in use by run night-7-0a1b2c3d, which began at"
                            + " 2026-03-04T12:00:00Z (process 17 on host-a)")
                    .contains("--set journal=FOLDER");
            assertThat(second).doesNotExist();
            assertThat(folder.resolve("second.stage")).doesNotExist();

            for (String[] command : new String[][] {
                {"journal", "stats", journal.toString()},
                {"journal", "verify", journal.toString()},
                {"report", first.toString()},
                {"show", first.toString(), "free-shipping/0/0"}
            }) {
                Outcome read = RunEndToEndTest.execute(command);
                assertThat(read.exitCode()).as(read.text()).isZero();
            }
            List<String> arguments = new ArrayList<>(List.of(arguments(folder.resolve("read"), journal.toString())));
            arguments.addAll(List.of("--set", "model.provider=journal", "--set", "model.name=repair"));
            Outcome replayed = RunEndToEndTest.execute(arguments.toArray(String[]::new));
            assertThat(replayed.exitCode()).as(replayed.text()).isIn(0, 1, 3);
            assertThat(folder.resolve("read/run.json")).exists();
            assertThat(filesBelow(journal.resolve("rollouts"))).isEqualTo(entries);
        }
        assertThat(names(journal))
                .as("readers leave nothing")
                .filteredOn(name -> !name.startsWith("progress"))
                .containsExactlyElementsOf(before.stream()
                        .filter(name -> !name.startsWith("progress"))
                        .toList());
    }

    private String[] arguments(Path out, String journal) {
        return new String[] {
            "run",
            "../run-configs/demo.yaml",
            "--tasks",
            "free-shipping",
            "--out",
            out.toString(),
            "--set",
            "journal=" + journal,
            "--set",
            "scaling.rollouts=2",
            "--set",
            "agent.step_limit=6"
        };
    }

    private Path run(String name, String journal, String... options) {
        Path out = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of(arguments(out, journal)));
        arguments.addAll(List.of(options));
        Outcome outcome = RunEndToEndTest.execute(arguments.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        return out;
    }

    private static List<String> names(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            return files.map(file -> run.relativize(file).toString()).sorted().toList();
        }
    }

    private static List<Path> filesBelow(Path place) throws IOException {
        if (!Files.exists(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
