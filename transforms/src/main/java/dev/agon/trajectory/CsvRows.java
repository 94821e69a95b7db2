package dev.agon.trajectory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The rows of a text of comma-separated values. Blanks around a value are left out, unless they stand in quotes. */
final class CsvRows {

    /** No limit of its own for a value: the text is in memory already. */
    private static final CsvMapper CSV = CsvMapper.builder(CsvFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private CsvRows() {}

    /** @param line number of the line on which the row begins, from 1 */
    record Row(int line, List<String> values) {}

    /** All rows but blank ones. */
    static List<Row> of(String text) throws BadTrajectoryException {
        List<Row> rows = new ArrayList<>();
        int line = 1;
        try (CsvParser parser = CSV.getFactory().createParser(text)) {
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                line = parser.currentLocation().getLineNr();
                List<String> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(parser.getText());
                }
                if (values.size() > 1 || !values.get(0).isBlank()) {
                    rows.add(new Row(line, values));
                }
            }
            return rows;
        } catch (JsonProcessingException e) {
            if (e.getOriginalMessage().startsWith("Missing closing quote")) {
                throw new BadTrajectoryException(
                        "line " + line, "a quoted value does not end, expected a closing quote");
            }
            throw new BadTrajectoryException(
                    "line " + e.getLocation().getLineNr(),
                    "after the end of a quoted value stands more, expected a comma or the line's end");
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
    }
}
