package dev.agon.summarize;

import java.util.List;

/** What a model says of an attempt, field by field, as the prompt asks for it. */
record SummaryFields(
        List<String> hypotheses,
        List<String> actions,
        List<String> evidence,
        List<String> filesChanged,
        String progress,
        List<String> failureModes,
        List<String> openQuestions,
        String outcome) {}
