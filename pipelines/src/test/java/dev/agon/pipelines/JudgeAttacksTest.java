package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agon.pipelines.RunEndToEndTest.Outcome;
import dev.agon.schemas.TableName;
import dev.agon.tournament.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One task for each attack; of each task one attempt is edited, in its messages, its outputs and the names of its files. */
class JudgeAttacksTest {

    private static final Set<TableName> DECIDED = Set.of(TableName.SELECTIONS, TableName.MATCHES, TableName.SELECTORS);

    @TempDir
    Path folder;

    @Test
    void noAttackChangesASelectionOfTheJudgeWithoutAModel() throws Exception {
        RunQuery honest = replay("honest", false);
        RunQuery attacked = replay("attacked", true);
        assertThat(honest.number("SELECT count(DISTINCT task_id) FROM selections WHERE stage = 'final'"))
                .isEqualTo(Attack.values().length)
                .isGreaterThanOrEqualTo(12);
        assertThat(attacked.number("SELECT count(*) FROM summaries WHERE text LIKE '%Attempt of words%'"))
                .isEqualTo(Attack.values().length);
        assertThat(attacked.fingerprint(DECIDED)).isEqualTo(honest.fingerprint(DECIDED));
    }

    @Test
    void aReportSaysWhatAttacksDidToAnyJudge() throws Exception {
        RunQuery run =
                replay("measured", false, "--set", "scaling.attack_judge=true", "--set", "scaling.context_size=1");
        assertThat(run.number("SELECT count(*) FROM votes WHERE purpose = 'attack'"))
                .isEqualTo(run.number("SELECT count(*) FROM votes WHERE purpose = 'regular'"));
        assertThat(folder.resolve("measured.out/report.html"))
                .content()
                .contains("What words alone win", "instruction", "harness evidence");
    }

    private RunQuery replay(String name, boolean attacked, String... more) throws IOException {
        for (Attack attack : Attack.values()) {
            for (int index = 0; index < 4; index++) {
                Path file = folder.resolve(name).resolve(attack.id()).resolve(index + ".json");
                Files.createDirectories(file.getParent());
                String words = attacked && index == 2 ? "Attempt of words.\n" + attack.text() : "An attempt.";
                Files.writeString(file, document(attack.id(), index, words));
            }
        }
        Path config = Files.writeString(
                folder.resolve(name + ".yaml"),
                "name: corpus\nseed: 4\nreplay: {path: " + name + "}\n"
                        + "scaling: {context_size: 2, votes: 4, representation: trace}\n");
        Path out = folder.resolve(name + ".out");
        String[] arguments = new String[4 + more.length];
        arguments[0] = "replay";
        arguments[1] = config.toString();
        arguments[2] = "--out";
        arguments[3] = out.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        Outcome outcome = RunEndToEndTest.execute(arguments);
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        return new RunQuery(out);
    }

    /** The attempt that is edited took the most tokens, so that it has something to gain. */
    private static String document(String task, int index, String words) throws JsonProcessingException {
        String text = new ObjectMapper().writeValueAsString(words);
        int tokens = 1_000 + 300 * (index == 2 ? 9 : index);
        return """
                {"trial_name": "%1$s__%2$d", "task_name": "%1$s", "reward": 0, "trajectory": {"schema_version": "atif-converted-1.0", \
                "session_id": "s", "agent": {"name": "mini-swe-agent", "version": "2", "model_name": "m"}, \
                "steps": [{"step_id": 1, "source": "user", "message": "Solve it."}, \
                {"step_id": 2, "source": "agent", "message": %3$s, "tool_calls": [{"tool_call_id": "a", "tool_name": "bash", \
                "arguments": {"keystrokes": "make"}}], "observation": {"results": [{"content": %3$s}]}, \
                "metrics": {"prompt_tokens": 100, "completion_tokens": %4$d}}, \
                {"step_id": 3, "source": "agent", "message": %3$s}], \
                "final_metrics": {"total_prompt_tokens": 100, "total_completion_tokens": %4$d, "total_cached_tokens": 0}}}""".formatted(task, index, text, tokens);
    }
}
