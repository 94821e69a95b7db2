package dev.agon.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** File systems take 255 characters a name, object stores 1,024 a path. */
    @Test
    void anySlotHasANameThatIsShortEnoughAndItsOwn() {
        String sentence = "在仓库中修复配置解析器处理空值时的错误行为并补充单元测试用例";
        List<String> ids = List.of(
                sentence,
                sentence + "x",
                "z".repeat(256),
                "z".repeat(257),
                ".".repeat(1_000),
                "\uD83D\uDE00".repeat(1_000),
                "ü/".repeat(499) + "ü",
                "ü/".repeat(499) + "u");
        Set<String> names = new HashSet<>();
        for (String id : ids) {
            JournalKey key = JournalKey.of(BlobKind.ROLLOUTS, id + "/0/1", "content");
            String name = key.blobName();
            assertThat(name.length()).as(id).isLessThan(900);
            assertThat(name.split("/")).as(id).allMatch(part -> part.length() <= 255);
            assertThat(JournalKey.isEntry(name)).isTrue();
            assertThat(JournalKey.rolloutOf(name)).map(JournalKey::blobName).contains(name);
            assertThat(JournalKey.rolloutOf(key.step(3).blobName()))
                    .map(JournalKey::blobName)
                    .contains(name);
            names.add(name);
        }
        assertThat(names).hasSameSizeAs(ids);
    }

    @Test
    void namesThatFileSystemsTakeStayAsTheyWere() {
        String hash = ROLLOUT.hash();
        assertThat(new JournalKey(BlobKind.ROLLOUTS, "a b/~ü/0/1", hash).blobName())
                .isEqualTo("rollouts/a+b/%7E%C3%BC/0/1/" + hash);
        assertThat(new JournalKey(BlobKind.ROLLOUTS, "z".repeat(255) + "/0/1", hash).blobName())
                .isEqualTo("rollouts/" + "z".repeat(255) + "/0/1/" + hash);
        assertThat(new JournalKey(BlobKind.ROLLOUTS, "ü".repeat(43) + "/0/1", hash).blobName())
                .matches("rollouts/(%C3%BC){10}~[0-9a-f]{32}/0/1/" + hash);
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
