package dev.agon.repair;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.PatchFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies a unified diff of text files, as summaries carry it, to a tree. */
final class ReportedDiff {

    private ReportedDiff() {}

    /** The tree with the diff; empty when it is cut, changes files that the tree does not have, or does not fit. */
    static Optional<SourceTree> apply(String diff, SourceTree tree) {
        Map<String, List<String>> files = byFile(diff);
        SourceTree result = tree;
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
                // A summary's change may be cut or wrong: then there is nothing to start from.
                return Optional.empty();
            }
        }
        return files.isEmpty() || result.equals(tree) ? Optional.empty() : Optional.of(result);
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
