package dev.agon.agent;

import dev.agon.prompts.Template;
import dev.agon.sandbox.CommandResult;
import dev.agon.sandbox.CommandResult.End;
import dev.agon.schemas.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The texts that an agent's model is shown, rendered with the variables that mini-swe-agent gives its templates.
 *
 * <p>In: the configuration and what there is to say of the rollout. Out: text. One instance belongs to one rollout.
 */
final class AgentPrompts {

    /** What the variables hold, for who writes a file of an agent. */
    static final String VARIABLES = """
            # {{ task }}: the task, as the prompt `task` presents it
            # {{ cwd }}: the folder in which commands start
            # {{ timeout }}: seconds that a command may take
            # {{ env }}: a mapping: the variables of `environment.env`
            # {{ model_name }}: the name of the model
            # {{ system, release, version, machine }}: the operating system, as `uname` names it
            # {{ step_limit, cost_limit, wall_time_limit_seconds, max_consecutive_format_errors }}: the limits; 0 is none
            # {{ n_model_calls, model_cost, elapsed_seconds }}: how far the rollout is
            # {{ output.output, output.returncode, output.exception_info }}: in `observation_template`: what came of a command;
            #   `exception_info` is empty unless it was cut short
            # {{ actions, error, finish_reason, has_tool_calls }}: in `format_error_template`: the commands of the answer, what is
            #   wrong with it, why the model stopped (`length` where the answer is cut), and whether it called a tool
            """;

    private final AgentConfig config;
    private final Map<String, Object> fixed = new HashMap<>();

    /**
     * @param task the task prompt
     * @param cwd the working folder
     * @param modelName name of the model
     */
    AgentPrompts(AgentConfig config, String task, String cwd, String modelName, Machine machine) {
        this.config = config;
        AgentLimits limits = config.limits();
        fixed.put("task", task);
        fixed.put("cwd", cwd);
        fixed.put("timeout", limits.command().toSeconds());
        fixed.put("env", config.environment());
        fixed.put("model_name", modelName);
        fixed.put("system", machine.system());
        fixed.put("release", machine.release());
        fixed.put("version", machine.version());
        fixed.put("machine", machine.machine());
        fixed.put("step_limit", limits.steps());
        fixed.put("cost_limit", limits.costUsd());
        fixed.put("wall_time_limit_seconds", limits.wallTime().toSeconds());
        fixed.put("max_consecutive_format_errors", limits.consecutiveFormatErrors());
    }

    String system() {
        return render(config.system(), Progress.NONE, Map.of());
    }

    String instance() {
        return render(config.instance(), Progress.NONE, Map.of());
    }

    /** A command that was cut short is always said to have been, whatever the template shows. */
    String observation(CommandResult result, Progress progress) {
        String interruption = interruption(result.ended(), config.limits().command());
        String text = render(
                config.observation(),
                progress,
                Map.of(
                        "output",
                        Map.of(
                                "output", result.output(),
                                "returncode", result.returnCode().orElse(-1),
                                "exception_info", interruption)));
        return text.contains(interruption) ? text : interruption + "\n" + text;
    }

    /** @param answer the step that holds no command to run */
    String formatError(FormatErrorException problem, Step answer, Progress progress) {
        Map<String, Object> values = new HashMap<>();
        values.put("actions", problem.commands());
        values.put("error", problem.getMessage());
        values.put("finish_reason", answer.getFinishReason());
        values.put("has_tool_calls", !answer.getToolCalls().isEmpty());
        return render(config.formatError(), progress, values);
    }

    /** Renders every template with sample values, both short and long, so that mistakes show before anything runs. */
    static void check(AgentConfig config) {
        AgentPrompts prompts = new AgentPrompts(config, "task", "/work", "model", Machine.current());
        prompts.system();
        prompts.instance();
        for (String output : List.of("", "line\n".repeat(4000))) {
            prompts.observation(new CommandResult(output, OptionalInt.of(0), End.EXITED, 1), Progress.NONE);
            prompts.observation(new CommandResult(output, OptionalInt.empty(), End.TIMED_OUT, 1), Progress.NONE);
        }
        Step cut = Step.newBuilder()
                .setNumber(1)
                .setMessage("")
                .setModelMs(0)
                .setFinishReason("length")
                .build();
        Step unsaid = Step.newBuilder(cut).setFinishReason(null).build();
        for (Step answer : List.of(cut, unsaid)) {
            prompts.formatError(new FormatErrorException("no command", List.of()), answer, Progress.NONE);
            prompts.formatError(new FormatErrorException("two commands", List.of("one", "two")), answer, Progress.NONE);
        }
    }

    private String render(Template template, Progress progress, Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(fixed);
        values.put("n_model_calls", progress.modelCalls());
        values.put("model_cost", progress.costUsd());
        values.put("elapsed_seconds", progress.elapsed().toSeconds());
        values.putAll(more);
        return template.render(values);
    }

    private static String interruption(End end, Duration timeout) {
        return switch (end) {
            case EXITED -> "";
            case TIMED_OUT ->
                "The command was ended: it had not finished after " + timeout.toMillis() / 1000.0
                        + " seconds, its time limit.";
            case OUTPUT_LIMIT ->
                "The command was ended: it printed more than is captured. What it printed first is shown.";
            case KILLED -> "The command was ended by the sandbox: it used more memory than it may.";
            case CPU_LIMIT ->
                "The command was ended by the sandbox: one of its processes used more processor time than it may"
                        + " (sandbox.cpu_s).";
        };
    }

    /**
     * How far a rollout is.
     *
     * @param modelCalls answers so far
     * @param costUsd their cost
     * @param elapsed time since the start
     */
    record Progress(int modelCalls, double costUsd, Duration elapsed) {

        static final Progress NONE = new Progress(0, 0, Duration.ZERO);
    }
}
