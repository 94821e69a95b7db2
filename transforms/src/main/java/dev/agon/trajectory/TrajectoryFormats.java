package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agon.fields.DocumentShape;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The formats of trajectories that are JSON, by name, and which of them a document is of. */
public final class TrajectoryFormats {

    /** Asks for each file's format to be found by looking at it. */
    public static final String AUTO = "auto";

    /** Asked in this order: those that are told by more fields come first. A new format is one line here. */
    private static final List<TrajectoryFormat> ALL = List.of(
            new ConvertedAtifFormat(),
            new AtifFormat(),
            new MiniSweAgentFormat(),
            new SweAgentFormat(),
            new OpenHandsFormat(),
            new ClaudeCodeFormat(),
            new CodexFormat(),
            new MessagesFormat());

    private final List<TrajectoryFormat> formats;

    public TrajectoryFormats() {
        this(ALL);
    }

    TrajectoryFormats(List<TrajectoryFormat> formats) {
        this.formats = formats;
    }

    /** What may be asked for, sorted; {@link #AUTO} is not among them. Several formats may share a name. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        formats.forEach(format -> names.add(format.name()));
        return List.copyOf(names);
    }

    /** Whether a line is the first of a file whose lines are one attempt. */
    boolean begins(JsonNode line, String wanted) {
        return formats.stream()
                .filter(format -> wanted.equals(AUTO) || format.name().equals(wanted))
                .anyMatch(format -> format.begins(line));
    }

    /**
     * The format to read a document by: the first of the wanted ones that recognises it. Where one format is wanted and does not
     * recognise the document, it is still that one, which then says what is wrong with it.
     *
     * @param wanted one of {@link #names} or {@link #AUTO}
     * @throws BadTrajectoryException when no format recognises the document
     */
    TrajectoryFormat of(JsonNode document, String wanted) throws BadTrajectoryException {
        boolean any = wanted.equals(AUTO);
        TrajectoryFormat last = null;
        for (TrajectoryFormat format : formats) {
            if (any || format.name().equals(wanted)) {
                if (format.recognises(document)) {
                    return format;
                }
                last = format;
            }
        }
        return Optional.ofNullable(any ? null : last)
                .orElseThrow(() -> new BadTrajectoryException(
                        "",
                        "is of no known format; known are " + String.join(", ", names()) + ". "
                                + DocumentShape.of(document)));
    }
}
