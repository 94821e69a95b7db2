package dev.agon.pipelines.command;

import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.config.RunConfig;
import dev.agon.pipelines.config.RunConfigReader;
import dev.agon.pipelines.engine.BeamOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options by which commands name an experiment: its file, and the settings that override it. */
final class ConfigOptions {

    @Parameters(paramLabel = "CONFIG", description = "the experiment, such as run-configs/demo.yaml")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "sets a key of the configuration, such as scaling.rollouts=4; may be repeated")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--tasks", paramLabel = "ID", split = ",", description = "takes only these tasks")
    private List<String> tasks = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "folder for the tables (default: out/NAME)")
    private String out;

    /** The configuration with the settings of the command line. */
    RunConfig read() throws ConfigException {
        FileSystems.setDefaultPipelineOptions(BeamOptions.none()); // paths may be addresses
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (!tasks.isEmpty()) {
            all.put("tasks.ids", tasks.stream().map(ConfigOptions::quoted).collect(Collectors.joining(",", "[", "]")));
        }
        if (out != null) {
            all.put("out", quoted(out));
        }
        return RunConfigReader.read(config, all);
    }

    /** The value as a YAML string. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
