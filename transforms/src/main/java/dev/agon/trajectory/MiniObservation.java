package dev.agon.trajectory;

import dev.agon.fields.Field;
import dev.agon.schemas.CommandRun;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The result of one command: from the fields of the observation or, in older files, from the text that the model was shown. */
final class MiniObservation {

    private static final Pattern RETURN_CODE = Pattern.compile("<returncode>\\s*(-?\\d{1,9})\\s*</returncode>");
    private static final Pattern OUTPUT = Pattern.compile("<output>\\n?(.*)</output>", Pattern.DOTALL);
    private static final Pattern CUT_OUTPUT = Pattern.compile(
            "<output_head>\\n?(.*)</output_head>(.*)<output_tail>\\n?(.*)</output_tail>", Pattern.DOTALL);
    private static final Pattern TIMED_OUT = Pattern.compile("timed?[ _-]?out", Pattern.CASE_INSENSITIVE);

    private MiniObservation() {}

    /** Whether a message has the result of a command. A complaint about the format of an answer has none. */
    static boolean tells(MiniMessage message) throws BadTrajectoryException {
        return message.kind() == MiniMessage.Kind.TOOL
                || !message.extra().get("raw_output").isAbsent()
                || message.kind() == MiniMessage.Kind.USER
                        && message.extra().get("interrupt_type").isAbsent();
    }

    /** Completes a command with the result in the message. */
    static void complete(CommandRun run, MiniMessage message) throws BadTrajectoryException {
        var raw = message.extra().get("raw_output");
        String shown = message.text();
        if (message.kind() == MiniMessage.Kind.TOOL) {
            run.setObservation(shown);
        }
        if (!raw.isAbsent() || !message.extra().get("returncode").isAbsent()) {
            run.setOutput(raw.textOr(""));
            String exception = message.extra().get("exception_info").textOr("");
            Integer returnCode = returnCode(message.extra().get("returncode"));
            // The return code of an exception comes from the agent, not from the command.
            run.setReturnCode(exception.isEmpty() ? returnCode : null);
            run.setEnded(
                    exception.isEmpty()
                            ? "exited"
                            : TIMED_OUT.matcher(exception).find() ? "timed_out" : "killed");
            return;
        }
        Matcher returnCode = RETURN_CODE.matcher(shown);
        boolean returned = returnCode.find();
        run.setReturnCode(returned ? Integer.valueOf(returnCode.group(1)) : null);
        run.setEnded(!returned && TIMED_OUT.matcher(shown).find() ? "timed_out" : "exited");
        run.setOutput(output(shown));
    }

    private static String output(String shown) {
        Matcher whole = OUTPUT.matcher(shown);
        if (whole.find()) {
            return whole.group(1);
        }
        Matcher cut = CUT_OUTPUT.matcher(shown);
        return cut.find() ? cut.group(1) + cut.group(2) + cut.group(3) : shown;
    }

    private static Integer returnCode(Field<BadTrajectoryException> field) throws BadTrajectoryException {
        if (field.isAbsent()) {
            return null;
        }
        double code = field.number().getAsDouble();
        if (code != (int) code) {
            throw field.wrong("a return code");
        }
        return (int) code;
    }
}
