package dev.agon.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name that a key gives is recognised, and nothing else is. */
class JournalKeyTest {

    private static final JournalKey ROLLOUT = JournalKey.of(BlobKind.ROLLOUTS, "Python/0/1/2", "content");

    @ParameterizedTest
    @EnumSource
    void everyKindThatHoldsEntriesIsRecognisedByItsNamesAndTheOthersAreNone(BlobKind kind) {
        String name = kind.folder() + "/slot/" + ROLLOUT.hash();
        assertThat(JournalKey.isEntry(name)).isEqualTo(kind.isEntry());
        assertThat(BlobKind.of(name)).contains(kind);
        if (kind.isEntry()) {
            assertThat(new JournalKey(kind, "slot", ROLLOUT.hash()).blobName()).isEqualTo(name);
        } else {
            assertThatThrownBy(() -> JournalKey.of(kind, "slot")).hasMessageContaining("no entries");
        }
    }

    @Test
    void entriesOfKindsThatAnotherVersionWroteCount() {
        assertThat(JournalKey.isEntry("selections/slot/" + ROLLOUT.hash())).isTrue();
    }

    @Test
    void stepsAndAnswersAreEntriesOfTheirRollout() {
        String hash = ROLLOUT.hash();
        assertThat(ROLLOUT.step(1).blobName()).isEqualTo("steps/Python/0/1/2/" + hash + "/00001");
        assertThat(ROLLOUT.answer(123_456).blobName()).isEqualTo("steps/Python/0/1/2/" + hash + "/123456-answer");
        for (JournalKey key : List.of(ROLLOUT.step(12), ROLLOUT.answer(12))) {
            assertThat(JournalKey.isEntry(key.blobName())).isTrue();
            assertThat(JournalKey.rolloutOf(key.blobName())).contains(ROLLOUT);
            assertThat(JournalKey.stepNumber(key.blobName())).contains(12);
        }
        assertThat(JournalKey.rolloutOf(ROLLOUT.blobName())).contains(ROLLOUT);
        assertThat(JournalKey.stepNumber(ROLLOUT.blobName())).isEmpty();
        assertThat(JournalKey.rolloutOf(
                        JournalKey.of(BlobKind.GRADES, "Python/0/1/2").blobName()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b/../x", "%/%25/%2__", "//.", "ü*/~", "0/0123456789abcdef0123456789abcdef/1"})
    void theSlotIsReadFromTheName(String slot) {
        JournalKey key = JournalKey.of(BlobKind.ROLLOUTS, slot, "content");
        assertThat(JournalKey.rolloutOf(key.blobName())).contains(key);
        assertThat(JournalKey.rolloutOf(key.answer(1).blobName())).contains(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes",
                "rollouts/part-0.parquet",
                "steps/a/0123456789abcdef0123456789abcdef/1-other",
                "steps/a/0123456789abcdef0123456789abcdeg/1"
            })
    void otherNamesAreNoEntries(String name) {
        assertThat(JournalKey.isEntry(name)).isFalse();
        assertThat(JournalKey.rolloutOf(name)).isEqualTo(Optional.empty());
    }
}
