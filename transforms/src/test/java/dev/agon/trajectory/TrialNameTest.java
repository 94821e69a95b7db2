package dev.agon.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialNameTest {

    private static final String TRIAL = "instance_qutebrowser__qutebrowse__FJhSJEy";

    @Test
    void theWholeNameOfATaskIsInTheResultOfItsTrial() {
        assertThat(nameWith("{\"trial_name\": \"" + TRIAL
                        + "\", \"task_name\": \"instance_qutebrowser__qutebrowser-2222bbbb\"}"))
                .isEqualTo(new TrialName("instance_qutebrowser__qutebrowser-2222bbbb", TRIAL));
    }

    @Test
    void withoutItTheNameIsThatOfTheTrial() {
        TrialName cut = new TrialName("instance_qutebrowser__qutebrowse", TRIAL);
        assertThat(nameWith(null)).isEqualTo(cut);
        assertThat(nameWith("{\"trial_name\": \"another__FJhSJEy\", \"task_name\": \"another\"}"))
                .isEqualTo(cut);
        assertThat(nameWith("{")).isEqualTo(cut);
    }

    @Test
    void whatStandsBeforeTheNameIsNoPartOfIt() {
        assertThat(TrialName.wholeTask("fix-git__x1Y2z3A", "terminal-bench/fix-git"))
                .isEqualTo("fix-git");
        assertThat(TrialName.wholeTask("fix-git__x1Y2z3A", "renamed")).isEqualTo("fix-git");
    }

    private static TrialName nameWith(String result) {
        return TrialName.of(new TrajectoryFile() {
            @Override
            public String path() {
                return "job/" + TRIAL + "/agent/trajectory.json";
            }

            @Override
            public byte[] near(String reference) {
                throw new AssertionError("nothing is referred to");
            }

            @Override
            public Optional<byte[]> trialResult() {
                return Optional.ofNullable(result).map(text -> text.getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
