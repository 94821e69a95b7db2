package dev.agon.summarize;

import dev.agon.schemas.Contender;
import dev.agon.schemas.SummarizedRollout;
import dev.agon.schemas.Summary;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptor;

/** The two parts of a summarised rollout: its row, and the contender that it is. */
public final class SummaryParts {

    private SummaryParts() {}

    /** Summarised rollouts to rows of the table of summaries. */
    public static MapElements<SummarizedRollout, Summary> rows() {
        return MapElements.into(TypeDescriptor.of(Summary.class)).via(SummarizedRollout::getSummary);
    }

    /** Summarised rollouts to contenders. */
    public static MapElements<SummarizedRollout, Contender> contenders() {
        return MapElements.into(TypeDescriptor.of(Contender.class)).via(SummarizedRollout::getContender);
    }
}
