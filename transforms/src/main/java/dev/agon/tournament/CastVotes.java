package dev.agon.tournament;

import dev.agon.schemas.MatchPlan;
import dev.agon.tournament.Judge.Cast;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.MDC;

/** Casts the votes of a match at once, those of one order together where the judge takes several in one call. Out: by their numbers. */
record CastVotes(Judge judge, ExecutorService threads) {

    List<Cast> cast(MatchPlan match, List<VotePlan> plans, String purpose) throws InterruptedException {
        List<Future<List<Cast>>> asked = new ArrayList<>();
        Map<String, String> logged = MDC.getCopyOfContextMap();
        for (List<VotePlan> call : calls(plans)) {
            asked.add(threads.submit(() -> {
                MDC.setContextMap(logged == null ? Map.of() : logged); // log lines say which match they speak of
                return judge.cast(match, call, purpose);
            }));
        }
        List<Cast> cast = new ArrayList<>();
        for (Future<List<Cast>> call : asked) {
            try {
                cast.addAll(call.get());
            } catch (ExecutionException e) {
                asked.forEach(other -> other.cancel(true));
                throw new IllegalStateException("a vote of match " + match.getMatchId() + " ended with a bug", e);
            }
        }
        cast.sort(Comparator.comparingInt(each -> each.plan().number()));
        return cast;
    }

    private Collection<List<VotePlan>> calls(List<VotePlan> plans) {
        Map<List<Integer>, Integer> ofOrder = new HashMap<>();
        Map<String, List<VotePlan>> calls = new LinkedHashMap<>();
        for (VotePlan plan : plans) {
            int call = ofOrder.merge(plan.order(), 1, Integer::sum) - 1;
            calls.computeIfAbsent(plan.order() + "/" + call / judge.votesPerCall(), key -> new ArrayList<>())
                    .add(plan);
        }
        return calls.values();
    }
}
