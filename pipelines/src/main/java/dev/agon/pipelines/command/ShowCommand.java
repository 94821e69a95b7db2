package dev.agon.pipelines.command;

import dev.agon.pipelines.Agon;
import dev.agon.pipelines.config.ConfigException;
import dev.agon.pipelines.output.RolloutTable;
import dev.agon.pipelines.report.RunFolderException;
import dev.agon.rollout.JournaledRollout;
import dev.agon.schemas.RecordedStep;
import dev.agon.schemas.Rollout;
import dev.agon.stores.JournalStore;
import dev.agon.tasks.NearestName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agon show}: prints one rollout as readable text, from the tables of a run, or from its journal while it is in progress. */
@Command(
        name = "show",
        description = {
            "Prints one rollout: its prompt, each step, what it submitted, and what became of it.",
            "Of a task it lists the rollouts and the matches."
        },
        mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {

    private static final int LOOK_MS = 500;
    private static final Pattern ROLLOUT = Pattern.compile("(.+)/\\d+/\\d+");

    @Parameters(index = "0", paramLabel = "DIR", description = "the folder of a run")
    private Path run;

    @Parameters(index = "1", paramLabel = "ID", description = "a rollout, such as free-shipping/0/3, or a task")
    private String rolloutId;

    @Option(
            names = "--follow",
            description = "prints the steps of a rollout as they come, from its beginning until it ends")
    private boolean follow;

    @Option(names = "--step", paramLabel = "N", description = "prints this step of a finished rollout and nothing else")
    private Integer step;

    @Option(names = "--journal", paramLabel = "DIR", description = "the run's journal (default: DIR.journal)")
    private String journal;

    @Override
    public Integer call() throws Exception {
        JournalStore store =
                new JournalStore(journal == null ? run.toString().replaceAll("/+$", "") + ".journal" : journal);
        try {
            // A rollout in progress is newer than the tables of an earlier run in the same folder.
            Optional<Rollout> row = follow ? Optional.empty() : RolloutTable.find(run, rolloutId);
            Optional<JournaledRollout> journaled =
                    row.isPresent() ? Optional.empty() : JournaledRollout.find(store, rolloutId);
            if (follow
                    && journaled.isEmpty()
                    && RolloutTable.find(run, rolloutId).isEmpty()
                    && canBegin(store)) {
                System.out.printf("Rollout %s has not begun.%n", rolloutId);
                while (journaled.isEmpty()) {
                    Thread.sleep(LOOK_MS);
                    journaled = JournaledRollout.find(store, rolloutId);
                }
            }
            if (journaled.isPresent()) {
                show(journaled.get());
            } else {
                Optional<Rollout> known = follow ? RolloutTable.find(run, rolloutId) : row;
                ResultText result = new ResultText(run, System.out);
                if (known.isPresent()) {
                    show(known.get(), result);
                } else if (!result.ofTask(rolloutId)) {
                    throw unknown(store);
                }
            }
            return Agon.DONE;
        } catch (RunFolderException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    private void show(Rollout rollout, ResultText result) throws IOException, ConfigException {
        if (step == null) {
            RolloutText.print(rollout, System.out);
            result.ofRollout(rolloutId);
            return;
        }
        if (step < 1 || step > rollout.getSteps().size()) {
            throw new ConfigException("--step is " + step + ": " + rolloutId + " has the steps 1 to "
                    + rollout.getSteps().size());
        }
        RolloutText.step(rollout.getSteps().get(step - 1), System.out);
    }

    private void show(JournaledRollout journaled) throws InterruptedException {
        Optional<Rollout> finished = journaled.finished();
        if (journaled.attempts() > 1) {
            System.out.printf(
                    "note: the journal has rollout %2$s %1$d times, under different configurations; this is the one that"
                            + " started last%n",
                    journaled.attempts(), rolloutId);
        }
        if (finished.isPresent()) {
            RolloutText.print(finished.get(), System.out);
            return;
        }
        System.out.printf("Rollout %s is in progress.%n", rolloutId);
        Followed followed = new Followed(journaled, System.out);
        while (!followed.look() && follow) {
            Thread.sleep(LOOK_MS);
        }
    }

    /** Whether the id is one of a task that has rollouts in the journal. */
    private boolean canBegin(JournalStore store) throws IOException {
        Matcher id = ROLLOUT.matcher(rolloutId);
        return id.matches()
                && JournaledRollout.ids(store).stream().anyMatch(known -> known.startsWith(id.group(1) + "/"));
    }

    private ConfigException unknown(JournalStore store) {
        try {
            Set<String> known = new TreeSet<>(RolloutTable.ids(run));
            known.addAll(JournaledRollout.ids(store));
            return new ConfigException(
                    known.isEmpty()
                            ? "there are no rollouts in " + run + ", and none in the journal " + store.location()
                                    + ": give the output folder of a run, or its journal with --journal"
                            : "neither " + run + " nor the journal " + store.location() + " has a rollout " + rolloutId
                                    + ": did you mean " + NearestName.of(rolloutId, known) + "? There are "
                                    + known.size() + ", from "
                                    + known.iterator().next() + " on");
        } catch (IOException e) {
            return new ConfigException("the rollouts of " + run + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /**
     * Prints a rollout as the journal receives it: each answer and each observation once, as soon as it is there, and at the end its
     * submission and figures.
     */
    static final class Followed {

        private final JournaledRollout rollout;
        private final PrintStream out;
        private int number = 1;
        private boolean answerShown;

        Followed(JournaledRollout rollout, PrintStream out) {
            this.rollout = rollout;
            this.out = out;
        }

        /** Prints what is new, and returns whether that was the end. */
        boolean look() {
            // This must come first. A finished rollout gets no more steps, so that the loop below prints all of them.
            Optional<Rollout> finished = rollout.finished();
            for (Optional<RecordedStep> step = rollout.step(number); step.isPresent(); step = rollout.step(number)) {
                if (!answerShown) {
                    RolloutText.answer(step.get().getStep(), out);
                    answerShown = true;
                }
                if (!step.get().getObserved()) {
                    break;
                }
                RolloutText.observation(step.get().getStep(), out);
                number++;
                answerShown = false;
            }
            finished.ifPresent(whole -> RolloutText.end(whole, out));
            return finished.isPresent();
        }
    }
}
