package dev.agon.agent;

import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A log in memory: what an interrupted attempt left, and what was put. */
final class RecordingLog implements StepLog {

    final Map<Integer, RecordedStep> entries = new TreeMap<>();
    final List<RecordedStep> puts = new ArrayList<>();
    final List<Step> observed = new ArrayList<>();

    @Override
    public Optional<RecordedStep> find(int number) {
        return Optional.ofNullable(entries.get(number));
    }

    @Override
    public void put(RecordedStep step) {
        entries.put(step.getStep().getNumber(), step);
        puts.add(step);
        if (step.getObserved()) {
            observed.add(step.getStep());
        }
    }
}
