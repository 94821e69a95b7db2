package dev.agon.pipelines.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agon.journal.Stop;
import dev.agon.pipelines.config.RunConfig;
import dev.agon.pipelines.config.RunConfigReader;
import dev.agon.pipelines.report.RunTables;
import dev.agon.schemas.Ids;
import dev.agon.schemas.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code run.json}: what was run, with which versions, and how it ended. It holds the resolved configuration, which has no secrets, and the prompts. */
public final class RunManifest {

    /** How far a run is. */
    public enum Status {
        RUNNING,
        DONE,
        PARTIAL,
        ABORTED
    }

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Parts of the configuration that do not change the results: they say where and how fast the run works. */
    private static final List<String> NOT_IDENTITY = List.of("out", "journal", "concurrency", "budget");

    /** Settings of a model that do not change its answers: its address, its time-outs, its rates and its prices. */
    private static final List<String> NOT_ANSWERS = List.of(
            "base_url",
            "api_key_env",
            "price",
            "prices",
            "requests_per_minute",
            "tokens_per_minute",
            "connect_timeout_s",
            "read_timeout_s",
            "total_timeout_s",
            "retry_for_s");

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private Map<String, Object> totals = Map.of();

    private RunManifest() {}

    /** @param prompts the text of each prompt, by its name */
    public static RunManifest of(RunConfig config, Map<String, String> prompts, Instant startedAt) {
        RunManifest manifest = new RunManifest();
        manifest.fields.put("name", config.name());
        manifest.fields.put("seed", config.seed());
        manifest.fields.put("run_id", runId(config));
        manifest.fields.put("identity", identity(config));
        manifest.fields.put("status", null);
        manifest.fields.put("started_at", startedAt.toString());
        manifest.fields.put("finished_at", null);
        manifest.fields.put("versions", versions());
        manifest.fields.put("totals", Map.of());
        manifest.fields.put("config", RunConfigReader.resolved(config));
        manifest.fields.put("prompts", prompts);
        return manifest;
    }

    /** Name, seed and a short hash of the configuration: the same for the same run, whenever it is started. */
    public static String runId(RunConfig config) {
        return config.name() + "-" + config.seed() + "-" + identity(config).substring(0, 8);
    }

    /** Hash of everything in a configuration that can change the results. */
    public static String identity(RunConfig config) {
        Map<String, Object> parts = new TreeMap<>(RunConfigReader.resolved(config));
        NOT_IDENTITY.forEach(parts::remove);
        if (parts.get("tasks") instanceof Map<?, ?> tasks) {
            tasks.remove("unrunnable"); // what cannot run gives no result either way
        }
        // What a machine must protect changes no answer, and what checks may use changes no verdict.
        ((Map<?, ?>) parts.get("sandbox")).remove("require");
        ((Map<?, ?>) parts.get("grading")).keySet().removeAll(List.of("memory_mb", "output_kb", "cpu_s"));
        // Keys that came later are left out where they change nothing, so that runs from before keep their identity.
        Map<?, ?> scaling = (Map<?, ?>) parts.get("scaling");
        scaling.remove("change", "append");
        scaling.remove("merge_equal", true);
        scaling.remove("attack_judge", false);
        scaling.remove("select_to_one", config.replay() != null);
        parts.remove("prompts", Map.of());
        parts.computeIfPresent("model", (key, model) -> answersOnly(model));
        parts.computeIfPresent("roles", (key, roles) -> answersOnly(roles));
        try {
            return Ids.sha256(JSON.writeValueAsString(parts));
        } catch (IOException e) {
            throw new IllegalStateException("a configuration can always be written as JSON", e);
        }
    }

    /** A copy without the settings that do not change answers. Null values are left out, as if the key were missing. */
    private static Object answersOnly(Object section) {
        if (section instanceof List<?> list) {
            return list.stream().map(RunManifest::answersOnly).toList();
        }
        if (!(section instanceof Map<?, ?> map)) {
            return section;
        }
        Map<String, Object> kept = new TreeMap<>();
        map.forEach((name, value) -> {
            if (value != null && !NOT_ANSWERS.contains(name)) {
                kept.put((String) name, name.equals("extra_body") ? value : answersOnly(value));
            }
        });
        return kept;
    }

    public void status(Status status) {
        fields.put("status", status.name().toLowerCase(java.util.Locale.ROOT));
    }

    /** The run was stopped before its end, for this reason. */
    public void stopped(Stop stop) {
        status(Status.PARTIAL);
        fields.put(
                "stop",
                Map.of("kind", stop.kind().name().toLowerCase(java.util.Locale.ROOT), "message", stop.message()));
    }

    /** Models that may cost what nobody knows, where the tables have 0. */
    public void unpriced(List<String> models) {
        fields.put("unpriced", models);
    }

    /** The run came to its end; its totals are added up from its tables. */
    public void finished(Instant at, Path run) throws IOException {
        fields.put("finished_at", at.toString());
        try (RunTables tables = RunTables.open(run)) {
            totals = tables.rows("totals").get(0);
        }
        fields.put("totals", totals);
        status(total("stopped") == 0 && hasWinner() ? Status.DONE : Status.PARTIAL);
    }

    /** Whether any task has a final winner, once the run is finished. A run without one has no result. */
    public boolean hasWinner() {
        return total("winners") > 0;
    }

    /** One of the totals, once the run is finished. {@code stopped} are elements that the run's stop kept from being done. */
    public long total(String name) {
        return ((Number) totals.get(name)).longValue();
    }

    public void write(Path folder) throws IOException {
        Files.write(folder.resolve(RunFolder.MANIFEST), JSON.writeValueAsBytes(fields));
    }

    private static Map<String, Object> versions() {
        Map<String, Object> versions = new LinkedHashMap<>();
        versions.put("agon", Version.agon());
        versions.put("git_revision", Version.gitRevision());
        versions.put("tables", TableName.VERSION);
        versions.put(
                "beam", org.apache.beam.sdk.util.ReleaseInfo.getReleaseInfo().getVersion());
        versions.put("java", Runtime.version().toString());
        return versions;
    }
}
