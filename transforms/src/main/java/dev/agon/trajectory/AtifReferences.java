package dev.agon.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agon.fields.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows the references of a document in ATIF, so that the document holds its whole attempt. The steps of its continuations come after
 * its own. Sub-agents in other files come into {@code subagent_trajectories}.
 *
 * <p>A reference to a file that is missing or not in the corpus (an absolute path, another store) stays, and is named in {@link
 * #unresolved}. A reference that leads upwards, in a circle, or to an unreadable file is a {@link BadTrajectoryException}.
 */
final class AtifReferences {

    private static final int MOST_OPEN = 200;
    private static final String CONTINUED = "continued_trajectory_ref";
    private static final String SUBAGENTS = "subagent_trajectories";
    private static final String ID = "trajectory_id";
    private static final String PATH = "trajectory_path";

    private final TrajectoryFile file;
    private final List<String> followed = new ArrayList<>();
    private final List<String> unresolved = new ArrayList<>();
    private long bytes;

    AtifReferences(TrajectoryFile file) {
        this.file = file;
    }

    /** Files whose contents are in the document now. */
    List<String> followed() {
        return followed;
    }

    /** References without a file, each with its field. */
    List<String> unresolved() {
        return unresolved;
    }

    /** Completes a document in place. */
    void complete(ObjectNode document) throws BadTrajectoryException {
        Set<String> open = new LinkedHashSet<>();
        open.add(file.path().substring(file.path().lastIndexOf('/') + 1));
        complete(document, "", open);
    }

    /**
     * @param folder where the document stands, below the first one's
     * @param open files that are being read; a reference to one of them is a circle
     */
    private void complete(ObjectNode document, String folder, Set<String> open) throws BadTrajectoryException {
        subagents(document, folder, open);
        if (document.hasNonNull(CONTINUED)) {
            String path = document.get(CONTINUED).textValue();
            ObjectNode next = follow(CONTINUED, path, folder, open);
            if (next != null) {
                AtifContinuation.append(document, next, path);
            }
        }
    }

    private void subagents(ObjectNode document, String folder, Set<String> open) throws BadTrajectoryException {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode subagent : document.path(SUBAGENTS)) {
            ids.add(subagent.path(ID).asText(""));
            complete((ObjectNode) subagent, folder, open);
        }
        int step = -1;
        for (JsonNode tree : document.path("steps")) {
            step++;
            for (JsonNode result : tree.path("observation").path("results")) {
                for (JsonNode reference : result.path("subagent_trajectory_ref")) {
                    subagent(document, (ObjectNode) reference, "steps[" + step + "].observation", folder, open, ids);
                }
            }
        }
    }

    private void subagent(
            ObjectNode document, ObjectNode reference, String field, String folder, Set<String> open, Set<String> ids)
            throws BadTrajectoryException {
        if (ids.contains(reference.path(ID).asText(""))) {
            return;
        }
        if (!reference.hasNonNull(PATH)) {
            unresolved.add(
                    field + ": no sub-agent has the id " + reference.path(ID).asText(""));
            return;
        }
        String path = reference.get(PATH).textValue();
        ObjectNode subagent = follow(field, path, folder, open);
        if (subagent != null) {
            String id = subagent.hasNonNull(ID) ? subagent.get(ID).textValue() : path;
            reference.put(ID, id);
            if (ids.add(id)) {
                subagent.put(ID, id);
                ArrayNode list = document.path(SUBAGENTS) instanceof ArrayNode had ? had : document.putArray(SUBAGENTS);
                list.add(subagent);
            }
        }
    }

    /** The complete document that a reference leads to; null when there is none. */
    private ObjectNode follow(String field, String reference, String folder, Set<String> open)
            throws BadTrajectoryException {
        if (reference.isEmpty() || reference.startsWith("/") || reference.contains("\\") || reference.contains(":")) {
            unresolved.add(field + ": " + reference + " is not below the document's folder");
            return null;
        }
        String path = below(field, folder.isEmpty() ? reference : folder + "/" + reference);
        if (open.size() > MOST_OPEN) {
            throw new BadTrajectoryException(
                    field, "is the reference of more than " + MOST_OPEN + " files, one in another");
        }
        if (!open.add(path)) {
            throw new BadTrajectoryException(
                    field, "leads back to " + path + ", expected a trajectory that is not part of its own");
        }
        try {
            ObjectNode next = read(field, path);
            if (next != null) {
                followed.add(path);
                int slash = path.lastIndexOf('/');
                complete(next, slash < 0 ? "" : path.substring(0, slash), open);
            }
            return next;
        } finally {
            open.remove(path);
        }
    }

    private ObjectNode read(String field, String path) throws BadTrajectoryException {
        byte[] contents;
        try {
            contents = file.near(path);
        } catch (IOException absent) {
            unresolved.add(field + ": " + path + " cannot be read");
            return null;
        }
        bytes += contents.length;
        if (bytes > TrajectoryReader.BYTES_AT_MOST) {
            throw new BadTrajectoryException(
                    field,
                    "with what it refers to, the trajectory has more than " + TrajectoryReader.BYTES_AT_MOST
                            + " bytes");
        }
        try {
            return AtifSchema.strict(Field.of(new JsonDocuments(contents).next(), BadTrajectoryException::new));
        } catch (BadTrajectoryException broken) {
            throw new BadTrajectoryException(field, "refers to " + path + ", where " + broken.getMessage());
        }
    }

    private static String below(String field, String reference) throws BadTrajectoryException {
        List<String> names = new ArrayList<>();
        for (String name : reference.split("/")) {
            if (name.equals("..")) {
                throw new BadTrajectoryException(
                        field,
                        "is " + reference + ", which leads upwards; expected a file below the document's folder");
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }
}
