package dev.agon.agent;

import dev.agon.sandbox.Command;
import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.CommandResult.End;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.sandbox.SandboxLimits;
import dev.agon.schemas.TaskFile;
import dev.agon.schemas.TreeChange;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Knows the commands that a test needs: {@code echo TEXT}, {@code fail}, {@code hang}, {@code flood}, {@code bomb}, {@code crash}. */
class FakeSandbox implements Sandbox {

    final List<Command> commands = new ArrayList<>();

    @Override
    public CommandResult run(Command command) throws SandboxException {
        commands.add(command);
        String script = command.script();
        if (script.startsWith("echo ")) {
            return new CommandResult(script.substring(5) + "\n", OptionalInt.of(0), End.EXITED, 5);
        }
        return switch (script) {
            case "fail" -> new CommandResult("no such thing\n", OptionalInt.of(2), End.EXITED, 5);
            case "fail to submit" ->
                new CommandResult("COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT\n", OptionalInt.of(1), End.EXITED, 5);
            case "hang" -> new CommandResult("so far\n", OptionalInt.empty(), End.TIMED_OUT, 30_000);
            case "flood" -> new CommandResult("y\n".repeat(8), OptionalInt.empty(), End.OUTPUT_LIMIT, 5);
            case "bomb" -> new CommandResult("", OptionalInt.empty(), End.KILLED, 5);
            case "crash" -> throw new SandboxException("the sandbox is down");
            default -> throw new IllegalArgumentException("no such command: " + script);
        };
    }

    @Override
    public void limit(SandboxLimits limits) {
        throw new UnsupportedOperationException("an agent has the limits that its sandbox was opened with");
    }

    @Override
    public void write(List<TaskFile> files) {
        throw new UnsupportedOperationException("agents write through commands");
    }

    @Override
    public void apply(List<TreeChange> changes) {
        throw new UnsupportedOperationException("agents write through commands");
    }

    @Override
    public List<TreeChange> changes() {
        throw new UnsupportedOperationException("agents do not submit by themselves");
    }

    @Override
    public void close() {}
}
