package dev.agon.summarize;

import dev.agon.concurrency.ConcurrentWork;
import dev.agon.concurrency.ElementFailedException;
import dev.agon.concurrency.MapConcurrently;
import dev.agon.journal.Journal;
import dev.agon.journal.Progress;
import dev.agon.journal.Progress.Counter;
import dev.agon.model.Account;
import dev.agon.model.MalformedAnswerException;
import dev.agon.model.ModelException;
import dev.agon.prompts.Excerpt;
import dev.agon.runtime.RunScope;
import dev.agon.runtime.Worker;
import dev.agon.schemas.Contender;
import dev.agon.schemas.Failure;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.Summary;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.values.TupleTag;

/** Loads one rollout by its reference and summarises it. */
final class SummarizeRollout implements ConcurrentWork<RolloutRef, SummarizeRollout.Done> {

    private static final int MOST_CHARACTERS_OF_A_DETAIL = 4_000;

    static final TupleTag<Contender> CONTENDERS = new TupleTag<>("contenders") {};
    static final TupleTag<Summary> SUMMARIES = new TupleTag<>("summaries") {};

    /**
     * What came of one rollout.
     *
     * @param malformed why its trajectory stands for it in place of a summary, where it does
     */
    record Done(Summary summary, Contender contender, Optional<Failure> malformed) {}

    private final SummarizerConfig config;
    private final RunScope scope;
    private transient Journal journal;
    private transient Summarizer summarizer;
    private transient SummaryWriter writer;

    SummarizeRollout(SummarizerConfig config, RunScope scope) {
        this.config = config;
        this.scope = scope;
    }

    @Override
    public void open(Worker worker) {
        journal = worker.journal();
        writer = new SummaryWriter(config);
        summarizer = new Summarizer(worker.answers(config.model()), config, scope.seed());
    }

    @Override
    public Done apply(RolloutRef ref) throws ElementFailedException, InterruptedException {
        SummarySource attempt = attempt(ref);
        if (config.representation() == Representation.TRACE) {
            return done(attempt, writer.fromTrace(attempt, Representation.TRACE), ref, Optional.empty());
        }
        Account account = new Account();
        Failure.Builder failure = failureOf(ref).setKind("model");
        try {
            Summary summary = summarizer.summarize(attempt, ref.getStatement(), account);
            return done(attempt, summary, ref, Optional.empty());
        } catch (ModelException e) {
            failure.setKind(e.kind() == ModelException.Kind.STOPPED ? "stopped" : "model")
                    .setMessage("the summariser did not answer: " + e.getMessage())
                    .setAttempts(e.tries())
                    .setDetail(e.detail().isEmpty() ? null : e.detail());
            throw new ElementFailedException(account.into(failure.build()), e);
        } catch (MalformedAnswerException e) {
            Summary trace = account.into(writer.inPlaceOfSummary(attempt, e));
            failure.setMessage(
                            "no summary, its trajectory stands for it: the summariser's answer stayed malformed after it was asked"
                                    + " again: " + e.getMessage() + "; started again, the run asks anew")
                    .setAttempts(e.malformed())
                    .setDetail(Excerpt.of(e.text(), MOST_CHARACTERS_OF_A_DETAIL));
            return done(attempt, trace, ref, Optional.of(failure.build()));
        } catch (RuntimeException | StackOverflowError e) {
            Failure bug = ElementFailedException.ofBug(failure, e).failure();
            throw new ElementFailedException(account.into(bug), e);
        }
    }

    private static Done done(SummarySource attempt, Summary summary, RolloutRef ref, Optional<Failure> malformed) {
        Contender contender = Contender.newBuilder()
                .setRolloutId(ref.getRolloutId())
                .setTaskId(ref.getTaskId())
                .setIteration(ref.getIteration())
                .setIndex(ref.getIndex())
                .setStatement(ref.getStatement())
                .setText(summary.getText())
                .setSubmissionHash(ref.getSubmissionHash())
                .setEvidence(attempt.evidence())
                .setFacts(attempt.facts())
                .build();
        return new Done(summary, contender, malformed);
    }

    private SummarySource attempt(RolloutRef ref) {
        return journal.find(ref.getJournalKey(), RecordedRollout.class)
                .map(RecordedRollout::getRollout)
                .map(rollout -> SummarySource.of(rollout, ref.getRolloutId(), ref.getVisibleCheck(), config))
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the journal has lost " + ref.getJournalKey()
                                        + ", which it held when the rollout was finished; is it on a file system that all workers share?"));
    }

    @Override
    public void emit(Done done, MultiOutputReceiver out) {
        done.malformed().ifPresent(out.get(MapConcurrently.FAILURES)::output);
        out.get(SUMMARIES).output(done.summary());
        out.get(CONTENDERS).output(done.contender());
    }

    @Override
    public Failure.Builder failureOf(RolloutRef ref) {
        return Failure.newBuilder()
                .setStep("summarize")
                .setElementId(ref.getRolloutId())
                .setTaskId(ref.getTaskId());
    }

    @Override
    public void count(Done done, Progress progress) {
        progress.add(Counter.SUMMARIES, 1);
        progress.add(Counter.FAILURES, done.malformed().isPresent() ? 1 : 0);
    }
}
