package dev.agon.pipelines.config;

import dev.agon.tasks.NearestName;
import java.util.List;

/** Rules for the values of any part of a configuration. Each mistake is a message that names the key. */
final class ConfigRules {

    private ConfigRules() {}

    static <T> T required(String key, T value) throws ConfigException {
        if (value == null) {
            throw new ConfigException("`" + key + "` is missing");
        }
        return value;
    }

    static int atLeast(int least, String key, int value) throws ConfigException {
        if (value < least) {
            throw new ConfigException("`" + key + "` is " + value + ": it must be " + least + " or more");
        }
        return value;
    }

    static int within(int least, int most, String key, int value) throws ConfigException {
        if (value < least || value > most) {
            throw new ConfigException("`" + key + "` is " + value + ": it must be from " + least + " to " + most);
        }
        return value;
    }

    static ConfigException notOneOf(String key, String value, List<String> valid) {
        return new ConfigException("`" + key + "` is `" + value + "`: did you mean `" + NearestName.of(value, valid)
                + "`? Valid: " + String.join(", ", valid));
    }
}
