package dev.agon.pipelines.command;

import dev.agon.model.price.ModelPrice;
import dev.agon.model.price.PriceException;
import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.config.Experiment;
import dev.agon.pipelines.config.ModelSection;
import dev.agon.pipelines.config.RunConfig;
import dev.agon.pipelines.config.RunConfigCheck;
import dev.agon.pipelines.plan.BudgetBound;
import dev.agon.pipelines.plan.LikeEstimate;
import dev.agon.pipelines.plan.LikeRun;
import dev.agon.pipelines.plan.Plan;
import dev.agon.pipelines.plan.WorstCase;
import dev.agon.pipelines.report.RunFolderException;
import dev.agon.schemas.Task;
import dev.agon.tasks.BadInputException;
import dev.agon.tasks.ReadTask;
import dev.agon.tasks.TaskSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agon plan}: prints what a run would do and what it costs at most. It buys nothing, writes nothing, and needs no key. */
@Command(
        name = "plan",
        description = "Prints what a run would do, and its calls, tokens and cost at most. Buys nothing.",
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--like",
            paramLabel = "DIR",
            description = "estimates what is likely, from the tables of a finished run")
    private Path like;

    @Override
    public Integer call() throws Exception {
        RunConfig run = config.read();
        Optional<LikeRun> earlier = like == null ? Optional.empty() : Optional.of(earlier());
        Set<String> missingKeys = new TreeSet<>();
        Experiment experiment = RunConfigCheck.check(run, name -> {
            String value = System.getenv(name);
            if (value == null || value.isBlank()) {
                missingKeys.add(name);
                return "not set, which a plan does not need";
            }
            return value;
        });
        TaskSet all = tasks(experiment);
        TaskSet runnable = all.runnable(experiment.rollouts().sandbox().kind());
        List<String> cannot = runnable.unrunnable();
        boolean skips =
                run.tasks().unrunnable().equals("skip") && !runnable.tasks().isEmpty();
        TaskSet read = skips ? new TaskSet(runnable.tasks(), all.failures()) : all;
        List<Task> tasks = read.tasks().stream().map(ReadTask::task).toList();
        int workers = run.concurrency().workers();
        BudgetBound budget = new BudgetBound(
                experiment.budget(), (long) experiment.modelCalls() * experiment.endpoints() * workers, workers);
        WorstCase worst = new WorstCase(experiment, tasks, longestPrompts(run));
        new Plan(experiment, tasks.size(), worst, budget).print(System.out);
        if (!read.failures().isEmpty()) {
            System.out.printf(
                    "- %d records of the tasks cannot be read: they are not counted%n",
                    read.failures().size());
        }
        if (!cannot.isEmpty()) {
            System.out.printf(
                    "- %d tasks cannot run here: %s%n",
                    cannot.size(),
                    skips ? "they are left out and not counted" : "they are counted, and `agon run` would refuse them");
            cannot.forEach(why -> System.out.println("  " + why));
        }
        missingKeys.forEach(
                name -> System.out.printf("- %s is not set in the environment: export it before `agon run`%n", name));
        earlier.ifPresent(seen -> new LikeEstimate(experiment, tasks.size(), seen).print(System.out));
        return Agon.DONE;
    }

    private LikeRun earlier() throws ConfigException, IOException {
        try {
            LikeRun seen = LikeRun.read(like);
            if (seen.tasks().isEmpty()) {
                throw new ConfigException("--like: " + like + " has no finished rollouts to estimate from");
            }
            return seen;
        } catch (RunFolderException e) {
            throw new ConfigException("--like: " + e.getMessage(), e);
        }
    }

    private static TaskSet tasks(Experiment experiment) throws ConfigException {
        try {
            return experiment.tasks().read();
        } catch (BadInputException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    /** The longest prompts that the models take, in tokens by name, where the tables of prices know them. */
    private static Map<String, Long> longestPrompts(RunConfig config) throws ConfigException {
        List<ModelSection> sections = new ArrayList<>();
        RunConfig.Roles roles = config.roles();
        for (ModelSection own : new ModelSection[] {roles.agent(), roles.summarizer(), roles.judge()}) {
            ModelSection role = own == null ? config.model() : own.or(config.model());
            sections.add(role);
            if (role.roulette() != null) {
                role.roulette().forEach(each -> sections.add(each.or(role)));
            }
        }
        Map<String, Long> longest = new HashMap<>();
        try {
            for (ModelSection section : sections) {
                // Where two tables differ, the larger is the safe bound.
                section.listed()
                        .map(ModelPrice::maxInputTokens)
                        .ifPresent(tokens -> tokens.ifPresent(most -> longest.merge(section.name(), most, Math::max)));
            }
        } catch (PriceException e) {
            throw new ConfigException(e.getMessage(), e);
        }
        return longest;
    }
}
