package dev.agon.pipelines.engine;

import dev.agon.tasks.NearestName;
import java.util.List;
import java.util.Locale;
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/** Finds the engine that a command line asks for by Beam's own options; the Direct runner where it asks for none. */
public final class Engines {

    /** Options of {@code agon run} that are not Beam's. */
    private static final List<String> OWN = List.of("--out", "--overwrite", "--set", "--tasks");

    private static final int LONGEST_NAME = 40;

    private Engines() {}

    /**
     * @param beamOptions such as {@code --runner=FlinkRunner}
     * @param name of the experiment
     * @throws EngineException when an option is not Beam's, or the engine cannot be reached
     */
    public static Engine of(List<String> beamOptions, String name) throws EngineException {
        PipelineOptions options;
        Class<? extends PipelineRunner<?>> runner;
        try {
            options = BeamOptions.of(beamOptions);
            runner = options.getRunner();
        } catch (IllegalArgumentException e) {
            throw new EngineException("not an option of agon or Beam: " + e.getMessage() + nearest(beamOptions), e);
        }
        if (beamOptions.stream().noneMatch(option -> option.startsWith("--jobName="))) {
            options.setJobName(jobName(name));
        }
        if (runner == FlinkRunner.class) {
            return FlinkEngine.of(options);
        }
        if (runner == DataflowRunner.class) {
            return DataflowEngine.of(options);
        }
        return DirectEngine.of(options, beamOptions);
    }

    /** What was meant, where a word is nearly one of Agon's own options. */
    private static String nearest(List<String> words) {
        return words.stream()
                .map(word -> word.replaceFirst("=.*", ""))
                .filter(word -> NearestName.isNear(word, OWN))
                .findFirst()
                .map(word -> " Did you mean " + NearestName.of(word, OWN) + "?")
                .orElse("");
    }

    /** A name as the strictest engine takes it: lower case letters, digits and hyphens, neither at its end nor too many. */
    static String jobName(String name) {
        String clean = "agon-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return clean.substring(0, Math.min(clean.length(), LONGEST_NAME)).replaceAll("-+$", "");
    }
}
