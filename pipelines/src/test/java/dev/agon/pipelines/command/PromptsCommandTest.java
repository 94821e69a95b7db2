package dev.agon.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.pipelines.RunEndToEndTest;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.prompts.Prompt;
import org.junit.jupiter.api.Test;

class PromptsCommandTest {

    @Test
    void eachPromptIsPrintedWithItsVariablesAndItsKey() {
        Outcome all = RunEndToEndTest.execute("prompts");
        assertThat(all.exitCode()).as(all.text()).isZero();
        for (Prompt prompt : Prompt.values()) {
            assertThat(all.text())
                    .contains("######## " + prompt.id() + ": ", "prompts." + prompt.id())
                    .contains(Prompt.shipped(prompt).source());
            prompt.variables().forEach(variable -> assertThat(all.text()).contains(variable.holds()));
        }
        assertThat(all.text()).contains("agent.config", "# {{ timeout }}: seconds that a command may take");
        assertThat(RunEndToEndTest.execute("prompts", "judge").text())
                .contains("prompts.judge, or roles.judge.prompt", "# {{ candidates }}: ", "(must be shown)")
                .doesNotContain("summar");
    }

    @Test
    void anUnknownRoleIsRefused() {
        Outcome outcome = RunEndToEndTest.execute("prompts", "jugde");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.text()).contains("did you mean `judge`? Roles: agent, summarizer, judge");
    }
}
