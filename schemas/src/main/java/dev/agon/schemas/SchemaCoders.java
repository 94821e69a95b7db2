package dev.agon.schemas;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Gives every record of the schemas its Avro coder in every pipeline; Beam finds this class as a service. */
public final class SchemaCoders implements CoderProviderRegistrar {

    private static final List<Class<? extends SpecificRecord>> ELEMENTS = List.of(
            TaskRow.class,
            Rollout.class,
            Summary.class,
            Vote.class,
            Match.class,
            Selection.class,
            Selector.class,
            RefinementContext.class,
            Grade.class,
            Failure.class,
            Task.class,
            GroundTruth.class,
            TaskRef.class,
            RolloutPlan.class,
            RolloutRef.class,
            Contender.class,
            MatchPlan.class,
            RolloutRow.class,
            CorpusFile.class,
            CorpusEntry.class,
            CorpusOutcome.class,
            PlacedTrial.class);

    @Override
    public List<CoderProvider> getCoderProviders() {
        return elements().map(SchemaCoders::provider).collect(Collectors.toList());
    }

    /** The records that travel between steps. */
    static Stream<Class<? extends SpecificRecord>> elements() {
        return ELEMENTS.stream();
    }

    private static <T extends SpecificRecord> CoderProvider provider(Class<T> type) {
        return CoderProviders.forCoder(TypeDescriptor.of(type), AvroCoder.specific(type));
    }
}
