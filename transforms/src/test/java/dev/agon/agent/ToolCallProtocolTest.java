package dev.agon.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.schemas.ToolCall;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolCallProtocolTest {

    private final ToolCallProtocol protocol = new ToolCallProtocol();

    @Test
    void takesEveryCallOfATurnInOrder() throws Exception {
        assertThat(protocol.commands("", List.of(bash("{\"command\": \"ls\"}"), bash("{\"command\":\"a\\nb\"}"))))
                .containsExactly("ls", "a\nb");
    }

    @Test
    void saysThatATurnWithoutACallIsAMistake() {
        assertThatThrownBy(() -> protocol.commands("```bash\nls\n```", List.of()))
                .isInstanceOf(FormatErrorException.class)
                .hasMessageContaining("calls no tool");
    }

    @Test
    void namesWhatIsWrongWithACall() {
        assertThatThrownBy(() -> protocol.commands("", List.of(bash("{\"command\": 3}"))))
                .hasMessageContaining("no text in its argument `command`");
        assertThatThrownBy(() -> protocol.commands("", List.of(bash("{\"command\": \"ls"))))
                .hasMessageContaining("not readable as one JSON object");
        assertThatThrownBy(() -> protocol.commands("", List.of(bash("{\"command\": \"one\"}{\"command\": \"two\"}"))))
                .hasMessageContaining("not readable as one JSON object: something follows the object");
        assertThatThrownBy(() -> protocol.commands("", List.of(new ToolCall("1", "python", "{}"))))
                .hasMessageContaining("There is no tool `python`");
    }

    private static ToolCall bash(String arguments) {
        return new ToolCall("id", "bash", arguments);
    }
}
