package dev.agon.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TracePartsTest {

    @Test
    void aPartEndsWhereAPieceEnds() {
        assertThat(TraceParts.of(List.of("aaa\n", "bb\n", "cccc\n"), 7)).containsExactly("aaa\nbb\n", "cccc\n");
        assertThat(TraceParts.of(List.of(), 7)).isEmpty();
    }

    @Test
    void aPieceThatIsTooLongIsDividedAtItsLinesOrWhereNoCharacterIsSplit() {
        assertThat(TraceParts.of(List.of("a\n", "b\ncc\nddddddddd\n", "e"), 5))
                .containsExactly("a\nb\n", "cc\n", "ddddd", "dddd\n", "e");
        assertThat(TraceParts.of(List.of("x\uD83D\uDE00\uD83D\uDE00"), 2))
                .containsExactly("x", "\uD83D\uDE00", "\uD83D\uDE00");
    }

    @Test
    void partsAreTheTextAndOnlyTheLastChangesWhenItGrows() {
        Random random = new Random(7);
        List<String> pieces = new ArrayList<>();
        List<String> before = List.of();
        for (int step = 0; step < 300; step++) {
            String line = "x".repeat(random.nextInt(step % 7 == 0 ? 1_500 : 60)) + "\n";
            pieces.add(line.repeat(1 + random.nextInt(12)));
            List<String> parts = TraceParts.of(pieces, 500);
            assertThat(String.join("", parts)).isEqualTo(String.join("", pieces));
            assertThat(parts).allMatch(part -> part.length() <= 500);
            assertThat(parts.size())
                    .isLessThanOrEqualTo(2 * String.join("", pieces).length() / 500 + 1);
            int closed = Math.max(0, before.size() - 1);
            assertThat(parts.subList(0, closed)).isEqualTo(before.subList(0, closed));
            before = parts;
        }
    }
}
