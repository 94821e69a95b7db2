package dev.agon.tasks;

import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TaskRow;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Makes the rows of the table of tasks: what an agent sees, with the names of the files in place of their bytes. */
public final class TaskRows extends PTransform<PCollection<Task>, PCollection<TaskRow>> {

    private static final long serialVersionUID = 1L;

    private TaskRows() {}

    public static TaskRows ofTasks() {
        return new TaskRows();
    }

    @Override
    public PCollection<TaskRow> expand(PCollection<Task> tasks) {
        return tasks.apply(
                "ToRow", MapElements.into(TypeDescriptor.of(TaskRow.class)).via(TaskRows::row));
    }

    private static TaskRow row(Task task) {
        return new TaskRow(
                task.getTaskId(),
                task.getDataSet(),
                task.getStatement(),
                task.getWorkdir(),
                task.getImage(),
                task.getVisibleCheck(),
                task.getFiles().stream().map(TaskFile::getPath).collect(Collectors.toList()),
                task.getContentHash());
    }
}
