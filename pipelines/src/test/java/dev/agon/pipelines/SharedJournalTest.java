package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agon.pipelines.RunEndToEndTest.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private Path run(String name, String journal, String... options) {
        Path out = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of(
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
                "agent.step_limit=6"));
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
