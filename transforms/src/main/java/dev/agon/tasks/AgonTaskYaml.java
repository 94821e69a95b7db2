package dev.agon.tasks;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A {@code task.yaml}, as it stands in the file. Unknown and doubled keys and wrong types are errors.
 *
 * @param id the task's id; null for the name of its folder
 * @param check shell command of the check that an agent may run; null when there is none
 * @param hidden the hidden check
 * @param workdir absolute path of the working folder inside the sandbox; null for {@code /work}
 * @param image container image; null for the sandbox's own base
 */
record AgonTaskYaml(String id, String check, Hidden hidden, String workdir, String image) {

    /**
     * The hidden check.
     *
     * @param run its shell command
     * @param marker what the last line of its output must be; null when the return code alone decides
     * @param timeout_s wall-time limit in seconds; null for the default
     * @param sandbox {@code fresh} or {@code rollout}; null for {@code fresh}
     */
    record Hidden(String run, String marker, Integer timeout_s, String sandbox) {}

    private static final ObjectReader READER = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfig(LogicalType.Textual, AgonTaskYaml::failOnScalars)
            .withCoercionConfig(LogicalType.Integer, AgonTaskYaml::failOnScalars)
            .build()
            .readerFor(AgonTaskYaml.class);

    static AgonTaskYaml parse(String text) throws BadRecordException {
        AgonTaskYaml yaml = text.isBlank() ? null : read(text);
        if (yaml == null) { // YAML has a word for nothing, too
            throw new BadRecordException("task.yaml is empty: it needs at least `hidden: {run: COMMAND}`");
        }
        return yaml;
    }

    private static AgonTaskYaml read(String text) throws BadRecordException {
        try {
            return READER.readValue(text);
        } catch (UnrecognizedPropertyException e) {
            List<String> known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            throw new BadRecordException(
                    at(e.getLocation()) + "unknown key `" + path(e) + "`: expected one of " + known + " (nearest: `"
                            + NearestName.of(e.getPropertyName(), known) + "`)",
                    e);
        } catch (MismatchedInputException e) {
            throw new BadRecordException(
                    at(e.getLocation()) + (path(e).isEmpty() ? "the file" : "`" + path(e) + "`")
                            + " has the wrong type: expected " + expected(e.getTargetType()),
                    e);
        } catch (JsonProcessingException e) {
            throw new BadRecordException(
                    at(e.getLocation()) + "not readable as YAML: "
                            + e.getOriginalMessage().replaceAll("\\s+", " "),
                    e);
        }
    }

    private static void failOnScalars(MutableCoercionConfig config) {
        for (CoercionInputShape shape : CoercionInputShape.values()) {
            config.setCoercion(shape, CoercionAction.Fail);
        }
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "text (put it in quotes)";
        }
        return type == Integer.class ? "a whole number" : "a map of keys to values";
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .collect(Collectors.joining("."));
    }

    private static String at(JsonLocation location) {
        return "task.yaml" + (location == null ? "" : " line " + location.getLineNr()) + ": ";
    }
}
