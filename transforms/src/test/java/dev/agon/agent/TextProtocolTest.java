package dev.agon.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TextProtocolTest {

    private static final String OPENING = "```mswea_bash_command";

    private final TextProtocol protocol =
            new TextProtocol(Pattern.compile(Pattern.quote(OPENING) + "\\s*\\n(.*?)\\n```", Pattern.DOTALL));

    @Test
    void anAnswerHoldsOneCommand() throws Exception {
        assertThat(protocol.commands("so\n" + OPENING + "\nls\n```\nand ```no more", List.of()))
                .containsExactly("ls");
        assertThatThrownBy(() -> protocol.commands("ls", List.of())).hasMessageContaining("it holds 0");
        assertThatThrownBy(() -> protocol.commands(("\n" + OPENING + "\nls\n```").repeat(2), List.of()))
                .hasMessageContaining("it holds 2");
    }

    /** Each of 400,000 openings would be followed to the end: hours, not the moment that it takes. */
    @Test
    @Timeout(60)
    void openingsWithoutAnEndAreNotFollowedToTheEnd() {
        assertThatThrownBy(() -> protocol.commands((" " + OPENING + "\n").repeat(400_000), List.of()))
                .hasMessageContaining("it holds 0");
    }
}
