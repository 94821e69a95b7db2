package dev.agon.repair;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import dev.agon.model.ChatRequest;
import java.util.List;
import java.util.Optional;

/**
 * The policy as an agent: it reads the files, runs the visible check, tries edits one at a time, and submits. In: the conversation.
 * Out: a thought and one command. Every decision is a function of the conversation, the temperature and the seed.
 */
final class RepairAgent {

    private static final String SUBMIT = "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT";

    /** Steps that must be left after a trial: one to restore the best tree and one to submit it. */
    private static final int RESERVE = 2;

    /** Tasks whose candidates are cached between calls: a few more than run at once. */
    private static final int TASKS = 64;

    private final LoadingCache<Start, Candidates> candidates = CacheBuilder.newBuilder()
            .maximumSize(TASKS)
            .concurrencyLevel(1) // in parts of its own size each, a busy part would drop what another has room for
            .build(CacheLoader.from(start -> new Candidates(start.concern(), start.original())));
    private final int patience;

    /** @param patience trials after which the best one is submitted */
    RepairAgent(int patience) {
        this.patience = patience;
    }

    String reply(ChatRequest request) {
        TaskPrompt prompt = TaskPrompt.of(request.messages());
        List<Turn> turns = Turn.of(request.messages());
        RepairState state = RepairState.of(turns);
        int stepsLeft = prompt.stepLimit() - turns.size();
        Message message = next(prompt, state, stepsLeft, request);
        return "THOUGHT: " + message.thought() + "\n\n```" + prompt.fence() + "\n" + message.command() + "\n```";
    }

    private Message next(TaskPrompt prompt, RepairState state, int stepsLeft, ChatRequest request) {
        Concern concern = new Concern(prompt.statement(), prompt.visibleCheck().orElse(""));
        if (stepsLeft <= 1) {
            return new Message("No step is left for more. Submit.", SUBMIT);
        }
        if (state.listed().isEmpty()) {
            return new Message("First see which files there are.", Exploration.LIST);
        }
        List<List<String>> reading = Exploration.plan(state.listed().get(), concern);
        if (state.reads() < reading.size()) {
            return new Message("Read the files that the task is about.", Exploration.read(reading.get(state.reads())));
        }
        boolean python = state.listed().get().keySet().stream().anyMatch(Concern::isPython);
        if (prompt.visibleCheck().isPresent() && state.untouched().isEmpty()) {
            return new Message("Run the visible check on the untouched program.", check(prompt, python));
        }
        int trialsLeft = Math.min(patience - state.trials().size(), stepsLeft - RESERVE);
        if (trialsLeft > 0) {
            WeightedChoice choice = new WeightedChoice(
                    request.sampling().seed() * 31 + request.messages().size(),
                    request.sampling().temperature());
            Proposals proposals = new Proposals(prompt, state, candidates(concern, state.original()), choice);
            Optional<Proposals.Proposal> proposal = proposals.next(trialsLeft);
            if (proposal.isPresent()) {
                return trial(prompt, state, proposal.get(), proposals.attempts(), python);
            }
        }
        return leave(state);
    }

    private static Message trial(
            TaskPrompt prompt, RepairState state, Proposals.Proposal proposal, int attempts, boolean python) {
        StringBuilder thought = new StringBuilder("Trial ")
                .append(state.trials().size() + 1)
                .append(": ")
                .append(proposal.note().words());
        if (!proposal.base().isEmpty()) {
            thought.append(", ").append(RepairState.STACKED).append(' ').append(proposal.base());
        }
        if (proposal.support() > 0) {
            thought.append(". ")
                    .append(String.format(AttemptReport.SUPPORT, proposal.support(), attempts))
                    .append("; see whether the check confirms it");
        }
        return new Message(
                thought.append('.').toString(), state.current().commandsTo(proposal.tree()) + check(prompt, python));
    }

    private static Message leave(RepairState state) {
        Optional<RepairState.Trial> best = state.passed().or(state::best);
        SourceTree wanted = best.map(RepairState.Trial::tree).orElse(state.original());
        if (!wanted.equals(state.current())) {
            String thought = best.map(trial -> "Leave what came furthest, trial "
                            + (state.trials().indexOf(trial) + 1) + ": the visible check "
                            + trial.result().words()
                            + ".")
                    .orElse("No trial came further than the untouched program. Take the last one back.");
            return new Message(thought, state.current().commandsTo(wanted).stripTrailing());
        }
        if (state.passed().isEmpty()) {
            return new Message("The patience is used up and nothing passes. Submit what there is.", SUBMIT);
        }
        return new Message(
                state.informative()
                        ? "The visible check passes with this change. Submit it."
                        : "The visible check cannot tell; this change is the likeliest. Submit it.",
                SUBMIT);
    }

    /** The check. Python must not write byte code: a file changed twice within a second would run its old byte code. */
    private static String check(TaskPrompt prompt, boolean python) {
        return (python ? "export PYTHONDONTWRITEBYTECODE=1\n" : "")
                + prompt.visibleCheck().orElse("true");
    }

    private Candidates candidates(Concern concern, SourceTree original) {
        return candidates.getUnchecked(new Start(concern, original));
    }

    private record Start(Concern concern, SourceTree original) {}

    private record Message(String thought, String command) {}
}
