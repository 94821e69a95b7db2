package dev.agon.pipelines.command;

import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.output.GradedRollouts;
import dev.agon.pipelines.output.PredictionStage;
import dev.agon.pipelines.output.RunName;
import dev.agon.pipelines.report.Report;
import dev.agon.pipelines.report.RunFolderException;
import dev.agon.pipelines.report.StageTable;
import dev.agon.schemas.Grade;
import dev.agon.stores.FolderLock;
import dev.agon.trajectory.BadTrajectoryException;
import dev.agon.trajectory.OutcomeReader;
import dev.agon.trajectory.OutcomesOfFile;
import dev.agon.trajectory.RecordedOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code agon grades}: grades of other graders. */
@Command(
        name = "grades",
        description = "Grades of a run that another grader gave.",
        subcommands = GradesCommand.Import.class,
        mixinStandardHelpOptions = true)
public final class GradesCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: import");
    }

    /**
     * {@code agon grades import}: brings the verdicts of another grader, such as the SWE-bench harness, into the table of grades, and
     * writes the report again. It replaces the grade of each rollout that has a verdict. A rollout whose grading failed there keeps its
     * grade. No other table changes.
     */
    @Command(
            name = "import",
            description =
                    "Reads SWE-bench reports, or tables of outcomes, into the grades of a run, and reports again.",
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "DIR", description = "the folder of a run")
        private Path run;

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "REPORT",
                description =
                        "reports of the harness, of a run or of instances; CSV; or folders with report.json files in them")
        private List<Path> reports;

        @Option(
                names = "--stage",
                description =
                        "whose predictions were graded: ${COMPLETION-CANDIDATES} (default: as the reports' paths say)")
        private PredictionStage stage;

        private final Map<String, Grade> grades = new LinkedHashMap<>();
        private int notHere;
        private int withoutVerdict;
        private int bad;

        @Override
        public Integer call() throws Exception {
            RunName name = RunName.of(run);
            List<Path> files = files();
            try (FolderLock lock = FolderLock.of(run.toAbsolutePath().normalize())
                    .orElseThrow(() -> new ConfigException("a run is writing to " + run + ": wait for its end"))) {
                GradedRollouts rollouts = new GradedRollouts(run, name.name());
                for (Path file : files) {
                    read(file, rollouts);
                }
                if (grades.isEmpty()) {
                    throw new ConfigException(
                            "the reports have no verdict on a rollout of " + run + ", and nothing was changed"
                                    + (notHere > 0 ? ": they are about tasks or trials that it did not hand in" : ""));
                }
                rollouts.put(grades.values(), name.runId());
                StageTable.of(run).print(System.out);
                new Report(run).write();
            } catch (RunFolderException e) {
                throw new ConfigException(e.getMessage(), e);
            }
            long resolved = grades.values().stream().filter(Grade::getResolved).count();
            System.out.printf("%n%d grades imported, %d of them resolved.%n", grades.size(), resolved);
            say(
                    withoutVerdict,
                    "tasks have no verdict, since their grading failed: they keep the grade they had, if any");
            say(notHere, "verdicts are on tasks or trials that this run did not hand in: left out");
            say(bad, "records could not be read: left out");
            return bad + notHere + withoutVerdict == 0 ? Agon.DONE : Agon.SOME_FAILED;
        }

        private static void say(int count, String what) {
            if (count > 0) {
                System.out.printf("%d %s.%n", count, what);
            }
        }

        private void read(Path file, GradedRollouts rollouts) throws IOException, ConfigException {
            OutcomesOfFile outcomes = new OutcomeReader().read(Files.readAllBytes(file), file.toString());
            for (BadTrajectoryException record : outcomes.bad()) {
                System.err.printf("%s: %s%n", file, record.getMessage());
                bad++;
            }
            Optional<PredictionStage> graded = Optional.ofNullable(stage).or(() -> rollouts.stage(file));
            for (RecordedOutcome outcome : outcomes.outcomes()) {
                if (outcome.trial().isEmpty() && graded.isEmpty()) {
                    throw new ConfigException(
                            file + " does not say in its path which predictions were graded: name them with --stage");
                }
                Optional<GradedRollouts.Slot> slot = rollouts.of(outcome, graded);
                slot.ifPresent(of -> grades.put(of.rolloutId(), grade(of, outcome)));
                notHere += slot.isPresent() ? 0 : 1;
            }
            withoutVerdict += (int) outcomes.withoutVerdict().stream()
                    .filter(task -> rollouts.handedIn(task, graded))
                    .count();
        }

        private static Grade grade(GradedRollouts.Slot slot, RecordedOutcome outcome) {
            return Grade.newBuilder()
                    .setRolloutId(slot.rolloutId())
                    .setTaskId(slot.taskId())
                    .setIteration(slot.iteration())
                    .setResolved(outcome.resolved())
                    .setReward(outcome.reward())
                    .setReason(outcome.resolved() ? null : slot.empty() ? "nothing_submitted" : "check_failed")
                    .setDurationMs(0)
                    .setSource(outcome.source())
                    .build();
        }

        private List<Path> files() throws IOException, ConfigException {
            List<Path> files = new ArrayList<>();
            for (Path report : reports) {
                if (Files.isDirectory(report)) {
                    try (Stream<Path> inside = Files.walk(report)) {
                        inside.filter(file -> file.endsWith("report.json"))
                                .sorted()
                                .forEach(files::add);
                    }
                } else if (Files.isReadable(report)) {
                    files.add(report);
                } else {
                    throw new ConfigException(
                            report + " cannot be read: give a report of the harness, a CSV or a folder");
                }
            }
            if (files.isEmpty()) {
                throw new ConfigException("there is no report.json in " + reports);
            }
            return files;
        }
    }
}
