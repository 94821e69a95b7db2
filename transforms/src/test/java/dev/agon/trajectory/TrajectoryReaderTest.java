package dev.agon.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.fields.Field;
import dev.agon.schemas.Rollout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrajectoryReaderTest {

    private static final int LIMIT = 1000;

    private final TrajectoryReader reader = new TrajectoryReader(
            new TrajectoryFormats(List.of(new Word("greeting", "hello"), new Word("farewell", "bye"))), LIMIT);

    @Test
    void theFormatIsFoundByLooking() throws IOException {
        assertThat(read("{\"bye\": \"x\"}", "auto").trajectories())
                .extracting(Trajectory::taskId, Trajectory::trial)
                .containsExactly(tuple("farewell", "x"));
    }

    @Test
    void aWantedFormatSaysWhatIsWrongWithADocumentThatItDoesNotRecognise() throws IOException {
        assertThat(onlyError("{\"bye\": \"x\"}", "greeting")).isEqualTo("hello: is missing, expected text");
    }

    @Test
    void aDocumentOfNoKnownFormatIsNamedByItsFields() throws IOException {
        assertThat(onlyError("{\"good\": 1, \"day\": 2}", "auto"))
                .isEqualTo("is of no known format; known are farewell, greeting. The document's fields are good, day");
        assertThat(onlyError("[1, 2]", "auto")).endsWith("The document is a list of 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                          | the file is empty
                    ` \n `                      | the file is empty
                    `{"hello": {"a": [1, "x`    | hello.a[1]: the document is cut off here: it ends at byte 22, before it is complete
                    `{"hello": "x"} trailing`   | after the document, at byte 15, there is more that is no part of it
                    `{"hello": NaN}`            | hello: is no JSON at byte 13: Non-standard token 'NaN'
                    `{"hello": 7}`              | hello: is the number 7, expected text
                    """)
    void brokenDocumentsAreNamed(String document, String message) throws IOException {
        assertThat(onlyError(document, "auto")).isEqualTo(message);
    }

    @Test
    void aByteOrderMarkIsTolerated() throws IOException {
        assertThat(read("\ufeff{\"hello\": \"x\"}", "auto").trajectories()).hasSize(1);
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        for (Charset wide : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(onlyError("{\"hello\": \"x\"}".getBytes(wide), "auto")).contains("UTF-16");
        }
        assertThat(onlyError("{\"hello\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1), "auto"))
                .isEqualTo("is not UTF-8: byte 0xe9 at byte 11; convert the file to UTF-8");
    }

    @Test
    void gzippedFilesAreFoundByTheirFirstBytes() throws IOException {
        byte[] packed = gzip("{\"hello\": \"x\"}");
        assertThat(reader.read(packed, new OneFile(), "auto").trajectories()).hasSize(1);
        assertThat(onlyError(Arrays.copyOf(packed, packed.length - 10), "auto")).contains("gzip file is cut off");
        byte[] damaged = packed.clone();
        damaged[packed.length - 6] ^= 1;
        assertThat(onlyError(damaged, "auto")).contains("gzip file is damaged");
    }

    @Test
    void moreThanTheLimitIsRefusedPackedOrNot() throws IOException {
        String large = "{\"hello\": \"" + "x".repeat(LIMIT) + "\"}";
        assertThat(onlyError(large, "auto")).contains("more than 1000 bytes");
        assertThat(onlyError(gzip(large), "auto")).contains("more than 1000 bytes");
        assertThat(TrajectoryReader.tooLarge(300L << 20)).hasMessageContaining("314572800 bytes; at most 134217728");
    }

    @Test
    void aFileMayHaveADocumentALineAndABrokenLineLeavesOutOnlyItself() throws IOException {
        TrajectoriesOfFile file = read("""
                {"hello": "a"}

                {"hello": 7}
                {"hello": "b
                {"hello": "c"}
                """, "auto");
        assertThat(file.trajectories()).extracting(Trajectory::trial).containsExactly("a", "c");
        assertThat(file.bad())
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "line 3, hello: is the number 7, expected text",
                        "line 4, hello: the document is cut off here: it ends at byte 41, before it is complete");
    }

    private TrajectoriesOfFile read(String document, String format) throws IOException {
        return reader.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), new OneFile(), format);
    }

    private String onlyError(String document, String format) throws IOException {
        return onlyError(document.getBytes(StandardCharsets.UTF_8), format);
    }

    private String onlyError(byte[] document, String format) throws IOException {
        TrajectoriesOfFile file = reader.read(new ByteArrayInputStream(document), new OneFile(), format);
        assertThat(file.trajectories()).isEmpty();
        assertThat(file.bad()).hasSize(1);
        return file.bad().get(0).getMessage();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private record OneFile() implements TrajectoryFile {

        @Override
        public String path() {
            return "one.json";
        }

        @Override
        public byte[] near(String reference) throws IOException {
            throw new IOException("no file " + reference);
        }
    }

    /** A format whose documents are one word said to somebody. */
    private record Word(String name, String word) implements TrajectoryFormat {

        @Override
        public boolean recognises(JsonNode document) {
            return document.has(word);
        }

        @Override
        public List<Trajectory> read(JsonNode document, TrajectoryFile file) throws BadTrajectoryException {
            var said = Field.of(document, BadTrajectoryException::new).get(word);
            String whom = said.presentText("text");
            Rollout rollout = Rollout.newBuilder()
                    .setRolloutId("")
                    .setTaskId(name)
                    .setIteration(0)
                    .setIndex(0)
                    .setOutcome("submitted")
                    .setExitStatus("Submitted")
                    .setSubmission("")
                    .setSystemPrompt("")
                    .setTaskPrompt("")
                    .setStepCount(0)
                    .setModelCalls(0)
                    .setInputTokens(0)
                    .setCachedTokens(0)
                    .setOutputTokens(0)
                    .setCostUsd(0)
                    .setCostUsdPaid(0)
                    .setStartedAt(Instant.EPOCH)
                    .setDurationMs(0)
                    .setModel("")
                    .setSeed(0)
                    .build();
            return List.of(new Trajectory(name, whom, "", rollout, OptionalDouble.empty()));
        }
    }

    @Test
    void aFileOfAnotherKindIsRefusedOnceWhateverFormatIsAskedFor() {
        String line =
                "{\"instance_id\": \"a__b-1\", \"target\": true, \"trajectory\": [{\"role\": \"user\", \"text\": \"issue\"},"
                        + " {\"role\": \"ai\", \"text\": \"ls\"}]}\n";
        byte[] lines = line.repeat(100).getBytes(StandardCharsets.UTF_8);

        TrajectoriesOfFile forced = new TrajectoryReader().read(lines, Documents.file("nebius.jsonl"), "swe-agent");

        assertThat(forced.trajectories()).isEmpty();
        assertThat(forced.bad())
                .singleElement()
                .satisfies(bad -> assertThat(bad)
                        .hasMessageStartingWith("line 1: holds nothing that the format swe-agent knows")
                        .hasMessageEndingWith("(and 99 more like it in this file)"));

        byte[] unknown = "{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n".getBytes(StandardCharsets.UTF_8);
        assertThat(new TrajectoryReader()
                        .read(unknown, Documents.file("x.jsonl"), "auto")
                        .bad())
                .singleElement()
                .satisfies(bad -> assertThat(bad).hasMessageContaining("(and 2 more like it in this file)"));
    }

    @Test
    void predictionsAndReportsAreNoTrajectoriesWhateverTheyAreCalled() {
        for (String bystander : List.of(
                "{\"instance_id\": \"t\", \"model_name_or_path\": \"m\", \"model_patch\": \"d\"}\n",
                "{\"t\": {\"instance_id\": \"t\", \"model_name_or_path\": \"m\", \"model_patch\": \"d\"}}",
                "[{\"instance_id\": \"t\", \"model_patch\": null}]",
                "{\"total_instances\": 1, \"resolved_ids\": [\"t\"], \"unresolved_ids\": []}",
                "{\"t\": {\"patch_is_None\": false, \"resolved\": true, \"tests_status\": {}}}")) {
            TrajectoriesOfFile read = new TrajectoryReader()
                    .read(bystander.getBytes(StandardCharsets.UTF_8), Documents.file("my_predictions.jsonl"), "auto");
            assertThat(read.trajectories()).as(bystander).isEmpty();
            assertThat(read.bad()).as(bystander).isEmpty();
        }
    }
}
