package dev.agon.repair;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The change of one text file, written as a shell command that makes it with {@code sed}, and read back from such a command. So a
 * trial costs a few lines of conversation, and the contents of the files follow from the conversation alone. Line breaks are
 * {@code \n}. A file without a last line break gets one.
 *
 * @param path the file, relative to the working folder
 * @param script the sed script: commands {@code a}, {@code c}, {@code d}, {@code i} with line numbers of the file as it is before
 * @param endsOpen whether the file had no last line break
 */
record FilePatch(String path, String script, boolean endsOpen) {

    private static final Pattern COMMAND = Pattern.compile(
            "^sed -i -f - (-e '\\$a\\\\' )?-- '((?:[^']|'\\\\'')++)' <<'(EDIT\\d*)' \\|\\| exit 97\\n(.*?)^\\3$",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern OPERATION = Pattern.compile("(\\d{1,9})(?:,(\\d{1,9}))?([acdi])(\\\\?)");

    /** The patch that turns one text into another. */
    static FilePatch between(String path, String before, String after) {
        StringBuilder script = new StringBuilder();
        for (AbstractDelta<String> delta :
                DiffUtils.diff(lines(before), lines(after)).getDeltas()) {
            int first = delta.getSource().getPosition() + 1;
            int last = delta.getSource().getPosition() + delta.getSource().size();
            if (delta.getType() == DeltaType.INSERT) {
                script.append(last == 0 ? "1i\\\n" : last + "a\\\n");
            } else {
                script.append(first).append(last > first ? "," + last : "");
                script.append(delta.getType() == DeltaType.DELETE ? "d\n" : "c\\\n");
            }
            escape(delta.getTarget().getLines(), script);
        }
        return new FilePatch(path, script.toString(), !before.endsWith("\n"));
    }

    /** The patches that a command makes, in order. */
    static List<FilePatch> allIn(String command) {
        Matcher matcher = COMMAND.matcher(command);
        List<FilePatch> patches = new ArrayList<>();
        while (matcher.find()) {
            patches.add(
                    new FilePatch(matcher.group(2).replace("'\\''", "'"), matcher.group(4), matcher.group(1) != null));
        }
        return patches;
    }

    /** The command. It exits with 97 when the file cannot be changed. */
    String command() {
        String end = "EDIT";
        for (int i = 1; ("\n" + script).contains("\n" + end + "\n"); i++) {
            end = "EDIT" + i;
        }
        return "sed -i -f - " + (endsOpen ? "-e '$a\\' " : "") + "-- '" + path.replace("'", "'\\''") + "' <<'" + end
                + "' || exit 97\n" + script + end;
    }

    /** The new text of the file. Empty when the script is not one of this class. */
    Optional<String> applyTo(String before) {
        List<String> source = lines(before);
        List<String> result = new ArrayList<>();
        int copied = 0;
        String[] commands = script.split("\n", -1);
        int at = 0;
        while (at < commands.length && !commands[at].isEmpty()) {
            Matcher operation = OPERATION.matcher(commands[at++]);
            if (!operation.matches()) {
                return Optional.empty();
            }
            int first = Integer.parseInt(operation.group(1));
            int last = operation.group(2) == null ? first : Integer.parseInt(operation.group(2));
            char what = operation.group(3).charAt(0);
            int keep = what == 'a' ? last : first - 1;
            if (first < 1 || keep < copied || last > source.size()) {
                return Optional.empty();
            }
            result.addAll(source.subList(copied, keep));
            copied = what == 'i' ? keep : last;
            if (what != 'd') {
                at = unescape(commands, at, result);
            }
        }
        result.addAll(source.subList(copied, source.size()));
        return Optional.of(String.join("\n", result) + (result.isEmpty() ? "" : "\n"));
    }

    /** Writes lines for sed. Some seds drop a leading blank, and a leading backtick could close the fence of the message. */
    private static void escape(List<String> text, StringBuilder script) {
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).replace("\\", "\\\\");
            boolean guard = !line.isEmpty() && (line.charAt(0) == '`' || Character.isWhitespace(line.charAt(0)));
            script.append(guard ? "\\" : "").append(line).append(i + 1 < text.size() ? "\\\n" : "\n");
        }
    }

    private static int unescape(String[] commands, int from, List<String> result) {
        int at = from;
        while (at < commands.length) {
            String line = commands[at++];
            StringBuilder plain = new StringBuilder();
            boolean continues = false;
            for (int i = 0; i < line.length(); i++) {
                if (line.charAt(i) != '\\') {
                    plain.append(line.charAt(i));
                } else if (i + 1 < line.length()) {
                    plain.append(line.charAt(++i));
                } else {
                    continues = true;
                }
            }
            result.add(plain.toString());
            if (!continues) {
                break;
            }
        }
        return at;
    }

    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        return List.of((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1));
    }
}
