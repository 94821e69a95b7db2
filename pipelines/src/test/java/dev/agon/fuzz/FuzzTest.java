package dev.agon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A few bad texts for every reader; {@code bench/fuzz} gives them many more. */
class FuzzTest {

    private static final int TEXTS = 40;

    @TempDir
    Path folder;

    @Test
    void everyReaderFailsInItsOwnWayOnly() {
        List<Target> targets = Targets.all(folder);
        assertThat(targets).extracting(Target::name).doesNotHaveDuplicates();
        for (Target target : targets) {
            target.good().forEach(target::read);
            Mutation mutation = new Mutation(1, target.good());
            for (int text = 0; text < TEXTS; text++) {
                target.read(mutation.next());
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "agon.fuzz.seconds", matches = "\\d+")
    void everyReaderForALongTime() throws Exception {
        Fuzz fuzz = new Fuzz(Files.createTempDirectory("agon-fuzz"));
        List<String> names = List.of(System.getProperty("agon.fuzz.readers", "").split(" "));
        int findings = 0;
        for (Target target : Targets.all(folder)) {
            if (names.contains("") || names.contains(target.name())) {
                findings += fuzz.read(target, Long.getLong("agon.fuzz.seed", 1), Long.getLong("agon.fuzz.seconds"));
            }
        }
        assertThat(findings).isZero();
    }
}
