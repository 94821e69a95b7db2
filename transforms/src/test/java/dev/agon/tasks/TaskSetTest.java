package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agon.sandbox.SandboxConfig;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskSetTest {

    private final TaskSet set = set("Python/0", "Python/2", "Python/10");

    @Test
    void picksTasksInTheOrderOfTheDataSet() throws Exception {
        assertThat(ids(set.only(List.of("Python/10", "Python/0")))).containsExactly("Python/0", "Python/10");
        assertThat(ids(set.first(2))).containsExactly("Python/0", "Python/2");
        assertThat(ids(set.first(9))).hasSize(3);
    }

    @Test
    void everyFailureStays() throws Exception {
        assertThat(set.only(List.of("Python/0")).failures()).isEqualTo(set.failures());
        assertThat(set.first(1).failures()).isEqualTo(set.failures());
    }

    @Test
    void whatCannotRunIsAFailureThatSaysWhy() {
        ReadTask first = set.tasks().get(0);
        TaskSet mixed = new TaskSet(
                List.of(first, new ReadTask(set.tasks().get(1).task(), first.truth(), "needs a GPU", Optional::empty)),
                set.failures());

        TaskSet runnable = mixed.runnable(SandboxConfig.Kind.NAMESPACE);

        assertThat(ids(runnable)).containsExactly("Python/0");
        assertThat(runnable.unrunnable()).containsExactly("Python/2 needs a GPU");
        assertThat(runnable.failures())
                .containsAll(set.failures())
                .hasSize(set.failures().size() + 1);
        assertThat(runnable.failures())
                .last()
                .satisfies(failure -> assertThat(failure.getKind() + " " + failure.getTaskId())
                        .isEqualTo("unrunnable Python/2"));
    }

    @Test
    void anUnknownIdIsAnErrorThatNamesTheNearest() {
        assertThatThrownBy(() -> set.only(List.of("Python/0", "Pyton/10")))
                .isInstanceOf(BadInputException.class)
                .hasMessage("no task `Pyton/10` can be read in this data set: the nearest id is `Python/10`");
    }

    @Test
    void anIdThatCouldNotBeReadIsAnErrorThatSaysWhy() {
        assertThatThrownBy(() -> set.only(List.of("broken")))
                .isInstanceOf(BadInputException.class)
                .hasMessage("no task `broken` can be read in this data set: set:broken: it is broken");
    }

    @Test
    void formatsAreFoundByName() throws Exception {
        assertThat(TaskReader.formats())
                .containsExactly("agon", "harbor", "humanevalfix", "swebench", "terminal-bench");
        for (String format : TaskReader.formats()) {
            assertThat(TaskReader.of(format).format()).isEqualTo(format);
        }
        assertThatThrownBy(() -> TaskReader.of("humaneval"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("no task format is called `humaneval`: use one of " + TaskReader.formats()
                        + " (nearest: `humanevalfix`)");
    }

    private static List<String> ids(TaskSet set) {
        return set.tasks().stream().map(task -> task.task().getTaskId()).toList();
    }

    private static TaskSet set(String... ids) {
        TaskSetBuilder builder = new TaskSetBuilder("set");
        builder.reject("set:broken", "broken", "it is broken");
        for (String id : ids) {
            Task.Builder task = Task.newBuilder()
                    .setTaskId(id)
                    .setDataSet("set")
                    .setSource("set:" + id)
                    .setStatement("Fix it.")
                    .setWorkdir("/work")
                    .setFiles(List.of());
            builder.add(
                    "set:" + id,
                    new ReadTask(
                            TaskContent.hashed(task),
                            GroundTruth.newBuilder()
                                    .setTaskId(id)
                                    .setFiles(List.of())
                                    .setCommand("true")
                                    .build(),
                            Optional::empty));
        }
        try {
            return builder.build();
        } catch (BadInputException e) {
            throw new AssertionError(e);
        }
    }
}
