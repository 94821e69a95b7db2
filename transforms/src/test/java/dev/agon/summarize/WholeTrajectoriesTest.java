package dev.agon.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.Rollout;
import dev.agon.trajectory.SharedData;
import dev.agon.trajectory.Trajectory;
import dev.agon.trajectory.TrajectoryFormats;
import dev.agon.trajectory.TrajectoryReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of real trajectories a summariser is shown, against what the cut trajectory has. */
class WholeTrajectoriesTest {

    @ParameterizedTest
    @CsvSource({"tb21-mini-swe-agent-dev.tar.gz, 225", "swebench-mini-swe-agent-v1-sample.tar.gz, 20"})
    void everyStepIsShown(String archive, int trajectories) throws IOException {
        // The window of a model that no table knows.
        SummaryPrompts prompts = new SummaryPrompts(Configs.of(28_672 + Configs.FAKE.maxTokens(), true));
        long steps = 0;
        long stepsOfCut = 0;
        long characters = 0;
        long charactersOfCut = 0;
        int thirdLost = 0;
        int same = 0;
        int atOnce = 0;
        int mostParts = 1;
        List<Trajectory> all = trajectories(archive);
        for (Trajectory trajectory : all) {
            Rollout rollout = trajectory.rollout();
            TraceText whole = TraceText.whole(rollout);
            TraceText cut = TraceText.cut(rollout);
            List<String> parts = TraceParts.of(whole.steps(), prompts.room(trajectory.statement()));
            assertThat(String.join("", parts)).isEqualTo(whole.text());
            assertThat(whole.stepsSeen()).isEqualTo(rollout.getSteps().size());
            steps += whole.stepsSeen();
            stepsOfCut += cut.stepsSeen();
            characters += whole.text().length();
            charactersOfCut += cut.text().length();
            thirdLost += 3 * cut.stepsSeen() < 2 * whole.stepsSeen() ? 1 : 0;
            atOnce += parts.size() <= 1 ? 1 : 0;
            same += parts.size() <= 1 && whole.text().equals(cut.text()) ? 1 : 0;
            mostParts = Math.max(mostParts, parts.size());
        }
        System.out.printf(
                Locale.ROOT,
                "%s: cut, %.3f of %d steps and %.3f of %d characters are shown, %d of %d trajectories lose a third of their"
                        + " steps or more; whole, all are. %d are read at once, %d of them as before; at most %d parts%n",
                archive,
                stepsOfCut / (double) steps,
                steps,
                charactersOfCut / (double) characters,
                characters,
                thirdLost,
                all.size(),
                atOnce,
                same,
                mostParts);
        assertThat(all).hasSize(trajectories);
    }

    static List<Trajectory> trajectories(String archive) throws IOException {
        List<Trajectory> trajectories = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : SharedData.unpacked(archive).entrySet()) {
            if (!file.getKey().endsWith("report.json")) {
                trajectories.addAll(new TrajectoryReader()
                        .read(file.getValue(), RealTrajectories.alone(file.getKey()), TrajectoryFormats.AUTO)
                        .trajectories());
            }
        }
        return trajectories;
    }
}
