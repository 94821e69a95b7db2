package dev.agon.tournament;

import dev.agon.concurrency.ConcurrentWork;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.prompts.Prompt;
import dev.agon.prompts.Template;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.Worker;
import dev.agon.schemas.MatchPlan;
import dev.agon.schemas.PlayedMatch;
import dev.agon.schemas.Vote;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Plays matches: connects the judge in each worker and lets a {@link Referee} do the rest. */
final class PlayMatches implements ConcurrentWork<MatchPlan, PlayedMatch> {

    private static final long serialVersionUID = 1L;

    private final JudgeConfig config;
    private final RunScope scope;
    private transient Worker worker;
    private transient ExecutorService threads;
    private transient Referee referee;

    PlayMatches(JudgeConfig config, RunScope scope) {
        this.config = config;
        this.scope = scope;
    }

    /** As many matches as keep all model calls in flight busy. */
    static int inFlight(RunScope scope, JudgeConfig config) {
        return Math.max(2, (scope.modelCalls().inFlight() + config.votes() - 1) / config.votes());
    }

    @Override
    public void open() {
        worker = scope.join();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "vote");
            thread.setDaemon(true);
            return thread;
        });
        Template question = config.prompt() == null
                ? Prompt.shipped(Prompt.JUDGE)
                : Template.compile("roles.judge.prompt", config.prompt());
        JudgePrompt prompt = new JudgePrompt(Prompt.shipped(Prompt.JUDGE_SYSTEM), question);
        Judge judge = new Judge(worker.answers(config.model()), config.model(), prompt);
        referee = new Referee(judge, threads, scope.seed(), config.votes());
    }

    @Override
    public PlayedMatch apply(MatchPlan match) throws InterruptedException {
        return referee.play(match);
    }

    @Override
    public String idOf(MatchPlan match) {
        return match.getMatchId();
    }

    @Override
    public void count(PlayedMatch played, Progress progress) {
        progress.add(
                Counter.VOTES, played.getVotes().stream().filter(Vote::getValid).count());
        progress.add(Counter.FAILURES, played.getFailures().size());
    }

    @Override
    public void close() {
        if (worker != null) { // opening failed where it is null
            threads.shutdownNow();
            worker.close();
        }
    }
}
