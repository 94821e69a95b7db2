package dev.agon.gathering;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Any number of collections as one, none included: a table may have no step that fills it. */
public final class Union {

    private Union() {}

    /**
     * @param pipeline the pipeline, for when there is no part
     * @param label label of the step
     * @param parts collections of records of the schemas
     * @param type their record
     */
    public static <T> PCollection<T> of(Pipeline pipeline, String label, List<PCollection<T>> parts, Class<T> type) {
        return parts.isEmpty()
                ? pipeline.apply(label, Create.empty(TypeDescriptor.of(type)))
                : PCollectionList.of(parts).apply(label, Flatten.pCollections());
    }
}
