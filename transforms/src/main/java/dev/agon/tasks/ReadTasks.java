package dev.agon.tasks;

import dev.agon.schemas.Failure;
import dev.agon.schemas.TableName;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TaskRef;
import dev.agon.schemas.TaskRow;
import dev.agon.stores.HandedOver;
import dev.agon.tables.WithRows;
import java.util.stream.Collectors;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Brings a task data set into the pipeline.
 *
 * <p>Out: a reference to each task, the rows of the table of tasks, and a failure for each record that could not be read. The
 * launcher reads the data set before anything starts, and fails there when it cannot be read at all. It puts the data set into the
 * journal's store as {@link HandedOverTasks}, from where workers take it. They need not see the files of the data set.
 */
public final class ReadTasks extends PTransform<PBegin, WithRows<TaskRef>> {

    private final HandedOverTasks handedOver;

    private ReadTasks(HandedOverTasks handedOver) {
        this.handedOver = handedOver;
    }

    /** @param handedOver where the data set waits */
    public static ReadTasks of(HandedOverTasks handedOver) {
        return new ReadTasks(handedOver);
    }

    @Override
    public WithRows<TaskRef> expand(PBegin begin) {
        PCollection<TaskRef> tasks = begin.apply(
                        "Tasks", Create.of(handedOver.tasks()).withCoder(AvroCoder.specific(TaskRef.class)))
                .apply("SpreadTasks", Reshuffle.viaRandomKey());
        HandedOver<Task> contents = new HandedOver<>(handedOver.store(), Task.class);
        PCollection<TaskRow> rows = tasks.apply(
                "TaskRows",
                MapElements.into(TypeDescriptor.of(TaskRow.class)).via(task -> row(contents.get(task.getTaskKey()))));
        PCollection<Failure> failures = begin.apply(
                        "NamesOfFailures", Create.of(handedOver.failures()).withCoder(StringUtf8Coder.of()))
                .apply(
                        "Failures",
                        MapElements.into(TypeDescriptor.of(Failure.class))
                                .via(new HandedOver<>(handedOver.store(), Failure.class)::get));
        return WithRows.of(tasks).and(TableName.TASKS, rows).and(TableName.FAILURES, failures);
    }

    /** What an agent sees, with the names of the files in place of their bytes. */
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
