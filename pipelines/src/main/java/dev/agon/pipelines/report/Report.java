package dev.agon.pipelines.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.objects.SafeString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report of one run: {@code report.html}, one file that needs no network.
 *
 * <p>In: the folder of a run with its Parquet tables, complete or not, and {@code run.json} if there is one. Out: the figures that
 * the SQL resources of this package define, with 95 % intervals. Each is a table, and most are charts too. All text of a run is
 * escaped. Fails with {@link RunFolderException} when the folder is not a run or a file in it is damaged. The old report then stays.
 *
 * <p>The figures are those of the paper (arXiv 2604.16529): pass@1 by stage, round and context, judge accuracy, steps by iteration,
 * pass counts before and after a refinement. The intervals, the figures of position bias, of judge accuracy by votes, of failures
 * and of effort are Agon's own.
 */
public final class Report {

    private static final String FILE = "report.html";

    private final Path run;

    /** A report of the run in the folder {@code run}. */
    public Report(Path run) {
        this.run = run;
    }

    /** Writes the report into the run's folder and gives its path. */
    public Path write() throws IOException {
        String html = render();
        Path part = run.resolve("." + FILE + ".part");
        try {
            Files.writeString(part, html);
            return Files.move(part, run.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    String render() throws IOException {
        RunInfo info = RunInfo.read(run);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", info.name(run));
        page.put("status", info.text("status").orElse(""));
        page.put("seed", info.text("seed").orElse(""));
        page.put("run_json", info.pretty());
        Map<String, Figure> figures = new LinkedHashMap<>();
        try (RunTables tables = RunTables.open(run)) {
            for (String name : ReportSections.figures()) {
                figures.put(name, tables.figure(name));
            }
        }
        page.put("tiles", Tiles.of(figures));
        List<Map<String, Object>> chapters = new ArrayList<>();
        for (ReportSections.Chapter chapter : ReportSections.chapters()) {
            List<Map<String, Object>> sections = new ArrayList<>();
            for (ReportSections.Section section : chapter.sections()) {
                Figure figure = figures.get(section.figure());
                if (!figure.isEmpty() || !ReportSections.ONLY_WHERE_ASKED_FOR.contains(section.figure())) {
                    sections.add(section(section, figure));
                }
            }
            chapters.add(Map.of("title", chapter.title(), "sections", sections));
        }
        page.put("chapters", chapters);
        return template(page);
    }

    private static Map<String, Object> section(ReportSections.Section section, Figure figure) {
        List<Map<String, Object>> header = new ArrayList<>();
        List<List<String>> lines = new ArrayList<>();
        if (figure.name().equals("tasks")) {
            header.add(Map.of("text", "Task", "numeric", false));
            TaskTable.stages(figure).forEach(stage -> header.add(Map.of("text", stage, "numeric", true)));
            lines.addAll(TaskTable.lines(figure));
        } else {
            section.columns().forEach(c -> header.add(Map.of("text", c.header(), "numeric", c.numeric())));
            figure.rows()
                    .forEach(row -> lines.add(section.columns().stream()
                            .map(column -> column.cell().apply(row))
                            .toList()));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", figure.name());
        map.put("title", figure.title());
        map.put("note", figure.note());
        map.put("header", header);
        map.put("lines", lines);
        map.put("open", section.open());
        map.put(
                "chart",
                new SafeString(
                        figure.isEmpty()
                                ? ""
                                : section.chart().map(c -> c.apply(figure)).orElse("")));
        return map;
    }

    /** Fills the page. Text of a run is data: it is escaped, and it is never run as a template. */
    private static String template(Map<String, Object> page) throws IOException {
        JinjavaConfig config = JinjavaConfig.newBuilder()
                .withNestedInterpretationEnabled(false)
                .withFailOnUnknownTokens(true)
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .build();
        Jinjava jinjava = new Jinjava(config);
        Context context = new Context(jinjava.getGlobalContext(), page);
        context.setAutoEscape(true);
        return new JinjavaInterpreter(jinjava, context, config).render(resource());
    }

    private static String resource() throws IOException {
        try (InputStream in = Report.class.getResourceAsStream("report.html.jinja")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What {@code run.json} says of a run. A folder of tables without the file is a run of unknown name and status. */
    record RunInfo(Optional<JsonNode> json) {

        static RunInfo read(Path run) throws IOException {
            Path file = run.resolve("run.json");
            if (!Files.exists(file)) {
                return new RunInfo(Optional.empty());
            }
            try {
                return new RunInfo(Optional.of(new ObjectMapper().readTree(Files.readString(file))));
            } catch (JsonProcessingException e) {
                throw new RunFolderException(file + " is not JSON: " + e.getOriginalMessage(), e);
            }
        }

        String name(Path run) {
            return text("name")
                    .orElse(run.toAbsolutePath().normalize().getFileName().toString());
        }

        Optional<String> text(String field) {
            return json.map(node -> node.path(field))
                    .filter(JsonNode::isValueNode)
                    .filter(node -> !node.isNull())
                    .map(JsonNode::asText);
        }

        /** The whole file, indented; empty when there is none. */
        String pretty() {
            return json.map(JsonNode::toPrettyString).orElse("");
        }
    }
}
