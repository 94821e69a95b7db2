package dev.agon.repair;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.PatchFailedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The text files that the policy has read, in their state after some commands.
 *
 * @param files text by path
 */
record SourceTree(SortedMap<String, String> files) {

    SourceTree {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    SourceTree with(String path, String text) {
        SortedMap<String, String> changed = new TreeMap<>(files);
        changed.put(path, text);
        return new SourceTree(changed);
    }

    SourceTree with(Edit edit) {
        String text = edit.applyTo(files.get(edit.path()));
        return with(edit.path(), text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
    }

    /** The tree after the patches of a command. Empty when one of them does not fit. */
    Optional<SourceTree> after(List<FilePatch> patches) {
        SourceTree tree = this;
        for (FilePatch patch : patches) {
            String text = tree.files.get(patch.path());
            Optional<String> changed = text == null ? Optional.empty() : patch.applyTo(text);
            if (changed.isEmpty()) {
                return Optional.empty();
            }
            tree = tree.with(patch.path(), changed.get());
        }
        return Optional.of(tree);
    }

    /** The commands that turn this tree into another with the same paths. Empty when the trees are equal. */
    String commandsTo(SourceTree other) {
        List<FilePatch> patches = new ArrayList<>();
        files.forEach((path, text) -> {
            String wanted = other.files.get(path);
            if (!wanted.equals(text)) {
                patches.add(FilePatch.between(path, text, wanted));
            }
        });
        return patches.stream().map(patch -> patch.command() + "\n").collect(Collectors.joining());
    }

    /**
     * The tree after a unified diff, as summaries carry it. Empty when the diff is cut, changes files that the tree does not have, or
     * does not fit.
     */
    Optional<SourceTree> after(String diff) {
        Map<String, List<String>> files = byFile(diff);
        SourceTree result = this;
        for (Map.Entry<String, List<String>> file : files.entrySet()) {
            String text = result.files().get(file.getKey());
            if (text == null) {
                return Optional.empty();
            }
            try {
                List<String> lines = List.of(text.stripTrailing().split("\n", -1));
                List<String> changed =
                        UnifiedDiffUtils.parseUnifiedDiff(file.getValue()).applyTo(lines);
                result = result.with(file.getKey(), String.join("\n", changed) + "\n");
            } catch (PatchFailedException | IndexOutOfBoundsException | NumberFormatException e) {
                // The diff in a summary may be cut or wrong. Then there is nothing to start from.
                return Optional.empty();
            }
        }
        return files.isEmpty() || result.equals(this) ? Optional.empty() : Optional.of(result);
    }

    private static Map<String, List<String>> byFile(String diff) {
        Map<String, List<String>> files = new LinkedHashMap<>();
        List<String> lines = diff.lines().toList();
        List<String> current = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean header = line.startsWith("--- ")
                    && i + 1 < lines.size()
                    && lines.get(i + 1).startsWith("+++ ");
            if (header) {
                current = new ArrayList<>();
                files.put(path(lines.get(i + 1)), current);
            } else if (line.startsWith("diff ")) {
                current = null;
            }
            if (current != null && !line.startsWith("\\")) {
                current.add(line);
            }
        }
        return files;
    }

    private static String path(String header) {
        String path = header.substring("+++ ".length()).split("\t")[0].strip();
        return path.startsWith("b/") ? path.substring(2) : path;
    }
}
