package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressTest {

    @Test
    void showsNothingThatMayBeSecret() {
        assertThat(Address.shown("https://me:password@llm.example:8443/v1?token=x"))
                .isEqualTo("https://llm.example:8443/v1");
        assertThat(Address.shown("http://vllm_server:8000/v1")).isEqualTo("http://vllm_server:8000/v1");
        assertThat(Address.shown("http://localhost")).isEqualTo("http://localhost");
    }

    @Test
    void aSlashAtTheEndOfABaseDoesNotMatter() {
        assertThat(Address.under("http://a/v1", "/chat")).isEqualTo("http://a/v1/chat");
        assertThat(Address.under("http://a/v1//", "/chat")).isEqualTo("http://a/v1/chat");
    }
}
