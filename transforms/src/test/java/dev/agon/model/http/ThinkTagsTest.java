package dev.agon.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkTagsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            nullValues = "-",
            value = {
                "no tags | no tags | -",
                "<think>rm -f a, no</think>I look. | I look. | rm -f a, no",
                "I say <think>one</think>this <think>two</think>and that | I say this and that | onetwo",
                "opened by the template</think>answer | answer | opened by the template",
                "answer <think>cut off here | answer | cut off here",
                "<think></think>answer | answer | -",
                "<think>```§rm x§```</think>```§ls§``` | ```§ls§``` | ```§rm x§```",
                "```§echo '<think>a</think>'§``` | ```§echo '<think>a</think>'§``` | -",
                "```§echo '</think>'§``` | ```§echo '</think>'§``` | -"
            })
    void reasoningIsWhatStandsBetweenTheTags(String message, String content, String reasoning) {
        ThinkTags split = ThinkTags.split(message.replace('§', '\n'));
        assertThat(split.content()).isEqualTo(content.replace('§', '\n'));
        assertThat(split.reasoning().orElse(null)).isEqualTo(reasoning == null ? null : reasoning.replace('§', '\n'));
    }
}
