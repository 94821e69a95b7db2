package dev.agon.tasks;

import dev.agon.schemas.Ids;
import dev.agon.schemas.Task;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.Variable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rules for the content of a task: its largest size, its hash, and its id. */
final class TaskContent {

    /** Largest task, visible and hidden side together. */
    static final int MAX_BYTES = 16 << 20;

    private static final int MOST_ID_CHARACTERS = 1_000;

    private TaskContent() {}

    /** The task with {@code content_hash}, the hash of everything that an agent can see. */
    static Task hashed(Task.Builder builder) {
        Task task = builder.setContentHash("").build();
        List<String> parts = new ArrayList<>(List.of("task", task.getTaskId(), task.getStatement(), task.getWorkdir()));
        parts.add(String.valueOf(task.getVisibleCheck() != null));
        parts.add(String.valueOf(task.getVisibleCheck()));
        parts.add(String.valueOf(task.getImage() != null));
        parts.add(String.valueOf(task.getImage()));
        for (TaskFile file : task.getFiles()) {
            parts.add(file.getPath());
            parts.add(String.valueOf(file.getExecutable()));
            parts.add(Ids.sha256(bytes(file)));
        }
        for (Variable variable : task.getEnvironment()) {
            parts.add("environment");
            parts.add(variable.getName());
            parts.add(variable.getValue());
        }
        task.setContentHash(Ids.sha256(parts.toArray(String[]::new)));
        return task;
    }

    /**
     * A task id is the first part of every rollout_id and an item of {@code --tasks}: parts between `/` that are neither empty
     * nor `.` nor `..`, without blanks, commas and control characters, and not longer than 1,000 characters.
     */
    static String checkedId(String field, String id) throws BadRecordException {
        if (!id.matches("[^\\s,\\p{Cntrl}]+")) {
            throw new BadRecordException(
                    field + " is `" + id + "`: expected an id without blanks, commas and control characters");
        }
        if (id.codePointCount(0, id.length()) > MOST_ID_CHARACTERS
                || !StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
            throw new BadRecordException(field + " has " + id.codePointCount(0, id.length())
                    + " characters: expected an id of Unicode characters, " + MOST_ID_CHARACTERS + " at most");
        }
        for (String part : id.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new BadRecordException(
                        field + " is `" + id + "`: none of its parts between `/` may be empty, `.` or `..`");
            }
        }
        return id;
    }

    private static byte[] bytes(TaskFile file) {
        ByteBuffer content = file.getContent().duplicate();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }
}
