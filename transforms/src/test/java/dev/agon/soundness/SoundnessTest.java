package dev.agon.soundness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoundnessTest {

    @Test
    void aCheckThatFlipsIsNotSound() {
        assertThat(Soundness.graded("t", 3, 0, 3, "").sound()).isTrue();
        assertThat(Soundness.graded("t", 2, 0, 3, "exit 1").problems())
                .containsExactly("has a check that flips: its reference solution passed 2 times of 3: exit 1");
        assertThat(Soundness.graded("t", 3, 1, 3, "").problems())
                .containsExactly("has a check that flips: doing nothing passed 1 times of 3");
    }
}
