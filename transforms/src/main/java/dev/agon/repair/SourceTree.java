package dev.agon.repair;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The text files that the policy has read, as they stand after some commands.
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

    /** The tree after the patches of a command; empty when one of them fits no file. */
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

    /** The commands that turn this tree into another with the same paths; empty when nothing is to do. */
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
}
