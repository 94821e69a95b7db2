package dev.agon.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.services.dataflow.model.DataflowPackage;
import dev.agon.pipelines.config.Experiment;
import dev.agon.pipelines.config.RunConfigCheck;
import dev.agon.pipelines.config.RunConfigReader;
import dev.agon.pipelines.engine.Engine;
import dev.agon.pipelines.engine.Engines;
import dev.agon.pipelines.run.Handover;
import dev.agon.runtime.InFlightLimit;
import dev.agon.runtime.ProgressStore;
import dev.agon.runtime.RunControlStore;
import dev.agon.runtime.RunScope;
import dev.agon.schemas.TaskRef;
import dev.agon.stores.JournalStore;
import dev.agon.tasks.HandedOverTasks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.runners.dataflow.options.DataflowPipelineDebugOptions;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.util.PackageUtil.StagedFile;
import org.apache.beam.runners.dataflow.util.Stager;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.util.construction.PTransformTranslation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has Dataflow's own runner make jobs of real experiments, up to where it would send them: a job that is asked for as a template is
 * written to a file. Nothing of it is run.
 */
class DataflowTranslationTest {

    private static final Path CONFIGS = Path.of("../run-configs");
    private static final String KEY = "sk-secret-4f1c9a7b2e";
    private static final String IMAGE = "europe-docker.pkg.dev/some-project/agon/worker:1";
    /** Dataflow's limit for a request; Beam's runner uploads a larger graph apart from it. */
    private static final int LARGEST_REQUEST = 10 << 20;

    private static final Map<String, String> TASKS =
            Map.of("tasks.format", "agon", "tasks.path", CONFIGS + "/demo-tasks");

    @TempDir
    Path folder;

    @Test
    void theDemoIsAJobOfEachOfItsSteps() throws Exception {
        Translated job = translate("demo.yaml", Map.of());
        assertThat(job.portableStages())
                .contains(
                        "ReadTasks",
                        "PlanRollouts0",
                        "RunRollouts0",
                        "SummarizeRollouts0",
                        "SelectTournament0",
                        "BuildContexts0",
                        "PlanRollouts1",
                        "RunRollouts1",
                        "SummarizeRollouts1",
                        "FinalTournament",
                        "WriteTables");
        assertThat(job.json.path("name").asText()).isEqualTo("agon-demo");
    }

    @Test
    void thePapersRunIsAJobThatDataflowTakes() throws Exception {
        Map<String, String> settings = new HashMap<>(TASKS);
        settings.put("scaling.iterations", "4");
        Translated job = translate("paper-swebench.yaml", settings);
        assertThat(job.portableStages()).contains("RunRollouts3", "SelectTournament2", "FinalTournament");
        assertThat(job.requestBytes).isLessThan(LARGEST_REQUEST / 5);
        assertThat(job.portable.getSerializedSize()).isLessThan(LARGEST_REQUEST / 2);
    }

    /** The older runner is not what Agon asks for; its translator goes through every step by itself, and sends them all. */
    @Test
    void theTranslatorOfTheOlderRunnerTakesEveryStepToo() throws Exception {
        Translated job = translate(
                "paper-swebench.yaml", TASKS, options -> options.setExperiments(List.of("disable_runner_v2")));
        assertThat(job.stages())
                .containsAll(job.portableStages().stream()
                        .filter(stage -> stage.matches(
                                "(RunRollouts|SummarizeRollouts|SelectTournament|FinalTournament|WriteTables).*"))
                        .toList())
                .contains("RunRollouts1", "WriteTables");
        assertThat(job.requestBytes).isLessThan(LARGEST_REQUEST / 2);
    }

    @Test
    void workersRunTheContainerThatWasNamedWithTheThreadsThatWereCounted() throws Exception {
        Translated job = translate("demo.yaml", Map.of());
        JsonNode pool = job.json.at("/environment/workerPools/0");
        assertThat(pool.path("numWorkers").asInt()).isEqualTo(3);
        assertThat(job.json
                        .at("/environment/sdkPipelineOptions/options/numberOfWorkerHarnessThreads")
                        .asInt())
                .isEqualTo(4);
        assertThat(pool.at("/autoscalingSettings/algorithm").asText()).isEqualTo("AUTOSCALING_ALGORITHM_NONE");
        assertThat(pool.at("/sdkHarnessContainerImages/0/containerImage").asText())
                .isEqualTo(IMAGE);
        assertThat(job.json.at("/environment/version/job_type").asText()).isEqualTo("FNAPI_BATCH");
        assertThat(job.portable.getComponents().getEnvironmentsMap().values())
                .anyMatch(environment -> environment.getPayload().toStringUtf8().contains(IMAGE));
    }

    @Test
    void aKeyIsInNothingThatIsSentToDataflow() throws Exception {
        Translated job =
                translate("paper-swebench.yaml", Map.of("tasks.format", "agon", "tasks.path", CONFIGS + "/demo-tasks"));
        String steps = job.serializedSteps();
        assertThat(steps)
                .as("what is searched names the key's variable")
                .contains("ANTHROPIC_API_KEY")
                .doesNotContain(KEY);
        assertThat(job.json.toString()).doesNotContain(KEY);
        assertThat(job.portable.toByteString().toString(StandardCharsets.ISO_8859_1))
                .doesNotContain(KEY);
    }

    private Translated translate(String config, Map<String, String> settings) throws Exception {
        return translate(config, settings, options -> {});
    }

    private Translated translate(String config, Map<String, String> settings, Consumer<DataflowPipelineOptions> changes)
            throws Exception {
        Path jar = Files.writeString(folder.resolve("bundle.jar"), "stands for the bundle");
        Path template = folder.resolve("job.json");
        Engine engine = Engines.of(
                List.of(
                        "--runner=DataflowRunner",
                        "--project=some-project",
                        "--region=europe-west1",
                        "--tempLocation=gs://some-bucket/temp",
                        "--gcpTempLocation=gs://some-bucket/temp",
                        "--numWorkers=3",
                        "--sdkContainerImage=" + IMAGE,
                        "--filesToStage=" + jar,
                        "--templateLocation=" + template),
                config.replace(".yaml", ""));
        DataflowPipelineOptions options = engine.options().as(DataflowPipelineOptions.class);
        options.setCredentialFactoryClass(NoopCredentialFactory.class);
        options.setPathValidatorClass(NoopPathValidator.class);
        KeptFiles kept = new KeptFiles();
        options.as(DataflowPipelineDebugOptions.class).setStager(kept);
        changes.accept(options);

        Experiment experiment =
                RunConfigCheck.check(RunConfigReader.read(CONFIGS.resolve(config), settings), name -> KEY);
        String journal = "gs://some-bucket/journal";
        RunScope scope = new RunScope(
                experiment.seed(),
                new JournalStore(journal),
                new ProgressStore(journal, "run/1"),
                new RunControlStore(journal, "run", "1", experiment.budget()),
                new InFlightLimit("model_calls", experiment.modelCalls()),
                engine.shards());
        Pipeline pipeline = Pipeline.create(options);
        Handover handover =
                new Handover(scope.journalStore(), "run", "1", folder.resolve("stage"), engine.tableFiles());
        HandedOverTasks tasks = new HandedOverTasks(
                scope.journalStore(),
                List.of(new TaskRef("task", "handover/run/1/tasks/0/a", "handover/run/1/truths/0/b")),
                List.of());
        new ScalePipeline(experiment, tasks, scope, handover.tables()).build(pipeline);
        pipeline.run();
        return new Translated(
                new ObjectMapper().readTree(template.toFile()),
                Files.size(template),
                RunnerApi.Pipeline.parseFrom(kept.files.get("pipeline.pb")));
    }

    /**
     * @param json the job as it would be sent
     * @param requestBytes its size
     * @param portable the pipeline as Runner v2 reads it
     */
    private record Translated(JsonNode json, long requestBytes, RunnerApi.Pipeline portable) {

        /** The steps that the request itself holds, as ScalePipeline names them. */
        Set<String> stages() {
            Set<String> names = new TreeSet<>();
            for (JsonNode step : json.path("steps")) {
                names.add(step.at("/properties/user_name/value").asText().replaceAll("/.*", ""));
            }
            return names;
        }

        Set<String> portableStages() {
            return portable.getComponents().getTransformsMap().values().stream()
                    .map(transform -> transform.getUniqueName().replaceAll("/.*", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** All DoFns, unpacked and readable, one after the other. */
        String serializedSteps() throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (RunnerApi.PTransform transform :
                    portable.getComponents().getTransformsMap().values()) {
                if (transform.getSpec().getUrn().equals(PTransformTranslation.PAR_DO_TRANSFORM_URN)) {
                    byte[] packed = RunnerApi.ParDoPayload.parseFrom(
                                    transform.getSpec().getPayload())
                            .getDoFn()
                            .getPayload()
                            .toByteArray();
                    try (ObjectOutputStream out = new ObjectOutputStream(all)) {
                        out.writeObject(SerializableUtils.deserializeFromByteArray(packed, "a DoFn"));
                    }
                }
            }
            return all.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** Keeps what would be uploaded. */
    private static final class KeptFiles implements Stager {

        private final Map<String, byte[]> files = new HashMap<>();

        @Override
        public List<DataflowPackage> stageFiles(List<StagedFile> filesToStage) {
            return filesToStage.stream()
                    .map(file -> uploaded(file.getDestination()))
                    .toList();
        }

        @Override
        public DataflowPackage stageToFile(byte[] bytes, String baseName) {
            files.put(baseName, bytes);
            return uploaded(baseName);
        }

        private static DataflowPackage uploaded(String name) {
            return new DataflowPackage().setName(name).setLocation("gs://some-bucket/temp/staging/" + name);
        }
    }
}
