package dev.agon.pipelines;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code agon run}: runs an experiment from its configuration. */
@Command(
        name = "run",
        description = "Runs an experiment and writes its tables. Started again, it goes on from its journal.",
        mixinStandardHelpOptions = true,
        footer = {"", "Any other --option goes to Beam, such as --runner=DirectRunner or --targetParallelism=4."})
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CONFIG", description = "the experiment, such as run-configs/demo.yaml")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "sets a key of the configuration, such as scaling.rollouts=4; may be repeated")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--tasks", paramLabel = "ID", split = ",", description = "runs only these tasks")
    private List<String> tasks = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "folder for the tables (default: out/NAME)")
    private String out;

    @Option(names = "--overwrite", description = "replaces the folder of another run")
    private boolean overwrite;

    @Unmatched
    private List<String> beamOptions = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (!tasks.isEmpty()) {
            all.put("tasks.ids", tasks.stream().map(RunCommand::quoted).collect(Collectors.joining(",", "[", "]")));
        }
        if (out != null) {
            all.put("out", quoted(out));
        }
        return new Run(RunConfigReader.read(config, all), beamOptions, overwrite).execute(System.out);
    }

    /** As a YAML string, whatever it holds. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
