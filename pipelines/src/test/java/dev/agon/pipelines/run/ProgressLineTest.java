package dev.agon.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    @Test
    void invalidVotesAreCountedBesideTheOthersWhereThereAreAny() {
        ProgressLine line = new ProgressLine(System.out, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 4, false);
        Progress progress = new Progress();
        progress.add(Counter.VOTES, 5);
        assertThat(line.line(progress, Instant.EPOCH)).contains(", votes 5, failures 0");
        progress.add(Counter.INVALID_VOTES, 2);
        assertThat(line.line(progress, Instant.EPOCH)).contains(", votes 5 and 2 invalid, failures 0");
    }

    @Test
    void aCostThatNobodyKnowsIsNotZero() {
        ProgressLine line = new ProgressLine(System.out, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 4, true);
        Progress progress = new Progress();
        assertThat(line.line(progress, Instant.EPOCH)).contains("cost unknown").doesNotContain("$");
        progress.add(Counter.COST_NANO_USD, 1_500_000_000);
        assertThat(line.line(progress, Instant.EPOCH)).contains("$1.50");
    }
}
