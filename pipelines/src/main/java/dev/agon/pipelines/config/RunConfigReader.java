package dev.agon.pipelines.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.agon.prompts.Prompt;
import dev.agon.tasks.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads a run's configuration: its YAML file, then what the command line sets over it.
 *
 * <p>In: the file, and values by dotted key. Out: a {@link RunConfig} with all defaults filled in. Unknown keys, wrong types and
 * doubled keys are {@link ConfigException}s that name the key, the line and the nearest valid name. Paths of inputs in the file
 * are relative to the file; paths on the command line, and {@code out} and {@code journal}, to the working directory.
 */
public final class RunConfigReader {

    private static final List<String> INPUT_PATHS = List.of(
            "tasks.path",
            "replay.path",
            "replay.outcomes",
            "agent.config",
            "roles.agent.prompt",
            "roles.summarizer.prompt",
            "roles.judge.prompt",
            "model.prices",
            "roles.agent.prices",
            "roles.summarizer.prices",
            "roles.judge.prices");

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfig(LogicalType.Textual, config -> {
                config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
            })
            .build();

    private RunConfigReader() {}

    /**
     * Reads a configuration.
     *
     * @param file the YAML file
     * @param settings values by dotted key, such as {@code scaling.rollouts} to {@code 4}, each read as YAML
     */
    public static RunConfig read(Path file, Map<String, String> settings) throws ConfigException {
        String text = text(file);
        bind(text, file);
        try {
            JsonNode tree = YAML.readTree(text);
            if (!tree.isObject()) {
                throw new ConfigException(file + " is empty: it needs at least name, tasks and model");
            }
            resolvePaths((ObjectNode) tree, file);
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                set((ObjectNode) tree, setting.getKey(), YAML.readTree(setting.getValue()));
            }
            return YAML.treeToValue(tree, RunConfig.class);
        } catch (JsonProcessingException e) {
            // The file alone was read without an error, so the mistake is in a setting.
            throw new ConfigException("--set: " + problem(e), e);
        }
    }

    private static String text(Path file) throws ConfigException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(
                    Files.exists(file)
                            ? file + " cannot be read as UTF-8 text: " + e.getMessage()
                            : "there is no file " + file + ": name a run configuration, such as run-configs/demo.yaml",
                    e);
        }
    }

    /** Reads the file without the settings, so that messages can name the line. */
    private static void bind(String text, Path file) throws ConfigException {
        try {
            YAML.readValue(text, RunConfig.class);
        } catch (JsonProcessingException e) {
            int line = line(text, e);
            throw new ConfigException(file + (line > 0 ? " line " + line : "") + ": " + problem(e), e);
        }
    }

    /** The line of the key with the mistake; 0 if unknown. The exception itself only knows how far the parser had read. */
    private static int line(String text, JsonProcessingException e) {
        JsonLocation place = e.getLocation();
        int readUpTo = place == null ? 0 : place.getLineNr();
        if (!(e instanceof JsonMappingException mapping)) {
            return readUpTo;
        }
        String wanted = mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("/", "/", ""));
        try (JsonParser parser = YAML.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.getParsingContext().pathAsPointer().toString().equals(wanted)) {
                    return parser.currentTokenLocation().getLineNr();
                }
            }
            return readUpTo;
        } catch (IOException unreadable) {
            return readUpTo; // the text stops being YAML somewhere; the key is before that place
        }
    }

    private static String problem(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return unknownKey(path(unknown), unknown.getPropertyName(), unknown.getKnownPropertyIds());
        }
        if (e instanceof InvalidFormatException unknown && unknown.getTargetType() == Prompt.class) {
            String name = String.valueOf(unknown.getValue());
            return unknownKey(path(unknown) + "." + name, name, List.of(Prompt.values()));
        }
        if (e instanceof MismatchedInputException wrong) {
            String key = path(wrong);
            return (key.isEmpty() ? "the file" : "`" + key + "`") + " has the wrong type: expected "
                    + expected(wrong.getTargetType());
        }
        return "not readable as YAML: " + e.getOriginalMessage().replaceAll("\\s+", " ");
    }

    private static String unknownKey(String path, String name, Collection<?> known) {
        List<String> valid = known.stream().map(String::valueOf).sorted().collect(Collectors.toList());
        return "unknown key `" + path + "`: did you mean `" + NearestName.of(name, valid) + "`? Valid here: "
                + String.join(", ", valid);
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "text (put it in quotes)";
        }
        if (type == Integer.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (type == Double.class) {
            return "a number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return List.class.isAssignableFrom(type) ? "a list" : "a map of keys to values";
    }

    private static void resolvePaths(ObjectNode tree, Path file) {
        for (String key : INPUT_PATHS) {
            int dot = key.lastIndexOf('.');
            resolve(tree.at("/" + key.substring(0, dot).replace('.', '/')), key.substring(dot + 1), file);
        }
        for (JsonNode model : tree.at("/roles/agent/roulette")) {
            resolve(model, "prices", file);
        }
        tree.path("prompts").fieldNames().forEachRemaining(prompt -> resolve(tree.path("prompts"), prompt, file));
    }

    private static void resolve(JsonNode parent, String name, Path file) {
        JsonNode value = parent.path(name);
        if (value.isTextual()) {
            ((ObjectNode) parent).set(name, resolved(value, file));
        } else if (value.isArray()) {
            ArrayNode paths = ((ObjectNode) parent).putArray(name);
            value.forEach(path -> paths.add(path.isTextual() ? resolved(path, file) : path));
        }
    }

    private static JsonNode resolved(JsonNode path, Path file) {
        if (path.asText().contains("://")) {
            return path;
        }
        Path folder = file.toAbsolutePath().getParent();
        return TextNode.valueOf(folder.resolve(path.asText()).normalize().toString());
    }

    private static void set(ObjectNode tree, String key, JsonNode value) throws ConfigException {
        String[] parts = key.split("\\.", -1);
        ObjectNode node = tree;
        for (int part = 0; part < parts.length - 1; part++) {
            JsonNode child = node.get(parts[part]);
            if (child == null || child.isNull()) {
                child = node.putObject(parts[part]);
            }
            if (!child.isObject()) {
                throw new ConfigException("--set " + key + ": `" + parts[part] + "` has no keys below it");
            }
            node = (ObjectNode) child;
        }
        node.set(parts[parts.length - 1], value);
    }

    /** The configuration as a tree with all defaults filled in, for {@code run.json}. */
    public static Map<String, Object> resolved(RunConfig config) {
        return YAML.convertValue(
                config, new com.fasterxml.jackson.core.type.TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
