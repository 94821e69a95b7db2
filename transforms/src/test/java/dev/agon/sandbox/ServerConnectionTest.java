package dev.agon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a connection makes of servers that do not keep to the protocol. */
class ServerConnectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ServerConnection server(String script) throws IOException {
        return new ServerConnection(new ProcessBuilder("/bin/bash", "-c", script).start());
    }

    private static void fails(String script, String message) throws IOException {
        ServerConnection server = server(script);
        assertThatThrownBy(() -> server.receive("H", PATIENCE))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining(message);
        server.close();
    }

    @Test
    void handsOverRepliesInOrder() throws Exception {
        ServerConnection server = server("printf 'H\\0\\0\\0\\2hiK\\0\\0\\0\\0'; read -r");

        assertThat(server.receive("H", PATIENCE).payload()).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
        assertThat(server.receive("KR", PATIENCE).type()).isEqualTo('K');
        server.close();
    }

    @Test
    void aServerThatEndsIsDownForTheReasonItPrinted() throws Exception {
        fails("echo bwrap: no permission >&2; exit 1", "the sandbox's server ended: bwrap: no permission");
    }

    @Test
    void aFrameThatBreaksOffIsTheEnd() throws Exception {
        fails("printf 'H\\0\\0\\0\\5abc'", "the sandbox's server ended");
        fails("printf 'H\\0'", "the sandbox's server ended");
    }

    @Test
    void aReplyOfAnotherTypeOrAnAbsurdLengthIsMalformed() throws Exception {
        fails("printf 'Z\\0\\0\\0\\0'; read -r", "malformed");
        fails("printf 'H\\xff\\xff\\xff\\xff'; read -r", "malformed");
    }

    @Test
    void whatTheServerCouldNotDoIsSaidInItsWords() throws Exception {
        fails("printf 'F\\0\\0\\0\\4full'; read -r", "could not do what was asked: full");
    }

    @Test
    void aSilentServerIsGivenUp() throws Exception {
        ServerConnection server = server("sleep 1000");
        assertThatThrownBy(() -> server.receive("H", Duration.ofMillis(1)))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("did not answer");
    }
}
