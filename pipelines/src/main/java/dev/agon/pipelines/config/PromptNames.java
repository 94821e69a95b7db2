package dev.agon.pipelines.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.agon.prompts.Prompt;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** The names of prompts as keys of a configuration. A name that is unknown is an unknown key. */
final class PromptNames extends KeyDeserializer {

    @Override
    public Object deserializeKey(String name, DeserializationContext context) throws IOException {
        return Prompt.of(name)
                .orElseThrow(() -> UnrecognizedPropertyException.from(
                        context.getParser(),
                        Map.class,
                        name,
                        Arrays.stream(Prompt.values()).<Object>map(Prompt::id).toList()));
    }

    /** Writes them. */
    static final class Written extends StdSerializer<Prompt> {

        Written() {
            super(Prompt.class);
        }

        @Override
        public void serialize(Prompt prompt, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeFieldName(prompt.id());
        }
    }
}
