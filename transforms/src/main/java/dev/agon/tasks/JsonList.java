package dev.agon.tasks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * The records of a file that is one JSON list, read one at a time. A record that is too large is skipped. Text that is not JSON ends the
 * list, since nothing shows where the next record starts.
 */
final class JsonList {

    private static final JsonFactory FACTORY = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(TaskContent.MAX_BYTES)
                            .build())
                    .build())
            .build()
            .getFactory();

    private final JsonParser parser;
    private long recordStart;

    private JsonList(JsonParser parser) {
        this.parser = parser;
    }

    /** @param file how messages name what is read */
    static void read(Path file, InputStream in, Records records) throws IOException {
        try (JsonParser parser = FACTORY.createParser(in)) {
            new JsonList(parser).read(file, records);
        }
    }

    private void read(Path file, Records records) throws IOException {
        int number = 1;
        try {
            parser.nextToken(); // the opening bracket of the list
            for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next(), number++) {
                recordStart = parser.currentTokenLocation().getByteOffset();
                JsonNode value = value();
                String place = place(file, number);
                if (tooLarge()) {
                    records.bad(place, JsonRecord.tooLarge());
                } else {
                    try {
                        records.record(place, JsonRecord.of(value));
                    } catch (BadRecordException e) {
                        records.bad(place, e);
                    }
                }
            }
            if (parser.nextToken() != null) {
                records.bad(place(file, number), new BadRecordException("more follows the end of the list: remove it"));
            }
        } catch (JsonProcessingException e) {
            records.bad(
                    place(file, number),
                    JsonRecord.notJson(e, "expected a list of objects; what follows in the file was not read"));
        }
    }

    /** The next token. The file must have one, since the list is still open. */
    private JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new JsonEOFException(parser, null, "the file ends within the list");
        }
        return token;
    }

    private boolean tooLarge() {
        return parser.currentLocation().getByteOffset() - recordStart > TaskContent.MAX_BYTES;
    }

    /** The value at the current token. When the record is too large, its parts are dropped. */
    private JsonNode value() throws IOException {
        if (tooLarge()) {
            parser.skipChildren();
            return NullNode.instance;
        }
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                while (next() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    next();
                    object.set(name, value());
                }
                return object;
            }
            case START_ARRAY -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                while (next() != JsonToken.END_ARRAY) {
                    JsonNode item = value();
                    if (!tooLarge()) {
                        array.add(item);
                    }
                }
                return array;
            }
            default -> {
                return parser.readValueAsTree();
            }
        }
    }

    private static String place(Path file, int number) {
        return file + ":record " + number;
    }
}
