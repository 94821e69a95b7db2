package dev.agon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.journal.Progress.Counter;
import dev.agon.journal.Spent;
import dev.agon.journal.Stop;
import dev.agon.stores.JournalStore;
import dev.agon.stores.Lease;
import dev.agon.stores.LeaseHolder;
import dev.agon.stores.ObjectRequests;
import dev.agon.stores.ObjectRequests.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that exchange what they bought and did through an object store, in simulated time. */
class ExchangeTest {

    private static final int MINUTES = 5;
    private static final int TICKS_PER_MINUTE = (int) (Duration.ofMinutes(1).dividedBy(Exchange.TICK));
    private static final Budget MUCH = new Budget(1e6, null);
    private static final Spent ANSWER = new Spent(1, 100, 0.25);

    private long now = 1_000_000;

    @BeforeAll
    static void knowFileSystems() {
        FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64})
    void aWorkerAsksAsMuchOfTheStoreHoweverManyThereAre(int workers) throws Exception {
        ObjectRequests requests = ObjectRequests.to("s3://many-" + workers + "/", () -> now);
        List<Exchange> exchanges = begin("s3://many-" + workers + "/journal", MUCH, workers);
        ProgressTotal watched =
                scope("s3://many-" + workers + "/journal", MUCH).progressStore().watch();
        requests.reset();
        TreeMap<Long, Long> boughtBy = new TreeMap<>(Map.of(Long.MIN_VALUE, 0L));
        Map<Kind, Long> ofWatching = new EnumMap<>(Kind.class);
        Random random = new Random(workers);
        long bought = 0;
        for (int tick = 0; tick < MINUTES * TICKS_PER_MINUTE; tick++) {
            for (Exchange exchange : exchanges) {
                now += Exchange.TICK.toNanos() / workers;
                if (random.nextInt(3) == 0) {
                    exchange.control().bought(ANSWER);
                    exchange.progress().add(Counter.MODEL_CALLS, 1);
                    bought++;
                    boughtBy.put(now, bought);
                }
                exchange.run();
                long old = boughtBy.floorEntry(now - RunControl.LEARNED_WITHIN.toNanos())
                        .getValue();
                assertThat(exchange.control().spent().calls())
                        .as("what was bought %s ago is known", RunControl.LEARNED_WITHIN)
                        .isBetween(old, bought);
            }
            if (tick % 2 == 0) {
                watch(watched, requests, ofWatching);
            }
        }
        System.out.printf("%2d workers, requests per worker and minute:", workers);
        for (Kind kind : Kind.values()) {
            double each = (double) (requests.count(kind) - ofWatching.get(kind)) / workers / MINUTES;
            System.out.printf(" %s %.1f", kind, each);
            assertThat(each).as("%s", kind).isLessThanOrEqualTo(mostPerMinute(kind));
        }
        System.out.printf("; by who watches:");
        ofWatching.forEach((kind, count) -> System.out.printf(" %s %.1f", kind, (double) count / MINUTES));
        System.out.println();

        exchanges.get(0).control().cancel("enough");
        exchanges.forEach(Exchange::last);
        for (Exchange exchange : exchanges) {
            assertThat(exchange.control().stop()).contains(new Stop(Stop.Kind.CANCELLED, "enough"));
        }
        assertThat(watched.look().get(Counter.MODEL_CALLS)).isEqualTo(bought);
        Exchange next = new Exchange(scope("s3://many-" + workers + "/journal", MUCH), "next", () -> now);
        assertThat(next.control().spent()).isEqualTo(new Spent(bought, 100 * bought, 0.25 * bought));
        assertThat(requests.refused()).isZero();
    }

    /** The ledger every 1.5 s, progress every 2 s, and the sign of life every 5 s. */
    private static double mostPerMinute(Kind kind) {
        return switch (kind) {
            case LIST -> 40;
            case READ -> 40 + 12;
            case WRITE -> 40 + 30 + 12;
            case DELETE -> 40 + 30;
        };
    }

    private static void watch(ProgressTotal watched, ObjectRequests requests, Map<Kind, Long> sum) throws Exception {
        for (Kind kind : Kind.values()) {
            sum.merge(kind, -requests.count(kind), Long::sum);
        }
        watched.look();
        for (Kind kind : Kind.values()) {
            sum.merge(kind, requests.count(kind), Long::sum);
        }
    }

    @Test
    void aWorkerThatDoesNothingWritesNothingAndWithoutABudgetListsNothing() throws Exception {
        ObjectRequests requests = ObjectRequests.to("s3://idle/", () -> now);
        List<Exchange> exchanges = begin("s3://idle/journal", Budget.NONE, 2);
        exchanges.forEach(exchange -> exchange.progress().add(Counter.STEPS, 1));
        tick(exchanges, Duration.ofMinutes(1));
        requests.reset();
        tick(exchanges, Duration.ofMinutes(1));
        assertThat(requests.count(Kind.WRITE)).as("signs of life").isEqualTo(12);
        assertThat(requests.count(Kind.LIST)).isZero();
        assertThat(requests.count(Kind.DELETE)).isZero();
    }

    @Test
    void aLedgerThatCannotBeUsedKeepsNoWorkerFromTheRest() throws Exception {
        ObjectRequests requests = ObjectRequests.to("s3://broken/", () -> now);
        List<Exchange> exchanges = begin("s3://broken/journal", MUCH, 2);
        RunScope scope = scope("s3://broken/journal", MUCH);
        requests.breakNames("/ledger/");
        exchanges.get(1).control().bought(ANSWER);
        exchanges.get(1).progress().add(Counter.STEPS, 7);
        tick(exchanges, Heartbeat.PATIENCE.multipliedBy(2));
        assertThat(exchanges.get(1).control().stopRequested())
                .as("it sees that the launcher lives")
                .isFalse();
        assertThat(scope.progressStore().watch().look().get(Counter.STEPS)).isEqualTo(7);
        exchanges.get(0).control().cancel("enough");
        tick(exchanges, RunControl.LEARNED_WITHIN);
        assertThat(exchanges.get(1).control().stop()).contains(new Stop(Stop.Kind.CANCELLED, "enough"));

        requests.breakNames(null);
        tick(exchanges, RunControl.LEARNED_WITHIN);
        assertThat(exchanges.get(0).control().spent()).isEqualTo(ANSWER);
    }

    @Test
    void aStopThatCouldNotBeToldIsToldLater() throws Exception {
        ObjectRequests requests = ObjectRequests.to("s3://untold/", () -> now);
        List<Exchange> exchanges = begin("s3://untold/journal", Budget.NONE, 2);
        requests.breakNames("stop.flag");
        exchanges.get(0).control().stop(new Stop(Stop.Kind.MISCONFIGURED, "no such model"));
        tick(exchanges, RunControl.LEARNED_WITHIN);
        assertThat(exchanges.get(1).control().stopRequested()).isFalse();
        requests.breakNames(null);
        tick(exchanges, RunControl.LEARNED_WITHIN);
        assertThat(exchanges.get(1).control().stop()).contains(new Stop(Stop.Kind.MISCONFIGURED, "no such model"));
    }

    @Test
    void aBudgetThatManyReachAtOnceIsToldOnce() throws Exception {
        ObjectRequests requests = ObjectRequests.to("s3://budget/", () -> now);
        List<Exchange> exchanges = begin("s3://budget/journal", new Budget(1.0, null), 8);
        exchanges.forEach(exchange -> exchange.control().bought(ANSWER));
        tick(exchanges, RunControl.LEARNED_WITHIN);
        assertThat(exchanges).allMatch(exchange -> exchange.control().stopRequested());
        assertThat(scope("s3://budget/journal", MUCH).stop())
                .get()
                .extracting(Stop::kind)
                .isEqualTo(Stop.Kind.BUDGET);
        assertThat(requests.refused()).isZero();
    }

    @Test
    void aShareThatIsWorkedOnAgainElsewhereCountsOnce() throws Exception {
        List<Exchange> exchanges = begin("s3://again/journal", Budget.NONE, 2);
        exchanges.get(0).progress("rollouts-3").add(Counter.ROLLOUTS, 5);
        exchanges.get(1).progress("rollouts-3").add(Counter.ROLLOUTS, 2);
        exchanges.get(1).progress("rollouts-4").add(Counter.ROLLOUTS, 1);
        exchanges.forEach(Exchange::last);
        ProgressTotal watched =
                scope("s3://again/journal", Budget.NONE).progressStore().watch();
        assertThat(watched.look().get(Counter.ROLLOUTS)).isEqualTo(6);
        exchanges.get(1).progress("rollouts-3").add(Counter.ROLLOUTS, 8);
        exchanges.get(1).last();
        assertThat(watched.look().get(Counter.ROLLOUTS)).isEqualTo(9);
    }

    @Test
    @SuppressWarnings("unchecked") // an array of one, to be changed
    void aLauncherThatHasLostItsJournalStopsTheRun() throws Exception {
        List<Exchange> exchanges = begin("s3://lost/journal", Budget.NONE, 2);
        LeaseHolder other = new LeaseHolder("other-1-ab", "1772625600000", "host", 17);
        Optional<LeaseHolder>[] holder = new Optional[] {Optional.empty()};
        exchanges.get(0).lead(new Lease() {
            @Override
            public Optional<LeaseHolder> renew() {
                return holder[0];
            }

            @Override
            public void close() {}
        });
        tick(exchanges, Lease.PERIOD.multipliedBy(2));
        assertThat(exchanges).noneMatch(exchange -> exchange.control().stopRequested());
        holder[0] = Optional.of(other);
        tick(exchanges, Lease.PERIOD.plus(RunControl.LEARNED_WITHIN));
        assertThat(exchanges).allMatch(exchange -> exchange.control().stopRequested());
        assertThat(exchanges.get(1).control().stop().orElseThrow().message())
                .isEqualTo("its launcher stood still for more than 150 s, and " + other + " has its journal now");
    }

    private List<Exchange> begin(String journal, Budget budget, int workers) throws Exception {
        RunScope scope = scope(journal, budget);
        scope.controlStore().begin();
        List<Exchange> exchanges = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            exchanges.add(new Exchange(scope, "worker-" + worker, () -> now));
        }
        exchanges.get(0).lead(() -> {});
        return exchanges;
    }

    private void tick(List<Exchange> exchanges, Duration time) {
        for (long end = now + time.toNanos(); now < end; now += Exchange.TICK.toNanos()) {
            exchanges.forEach(Exchange::run);
        }
    }

    private static RunScope scope(String journal, Budget budget) {
        return new RunScope(
                7,
                new JournalStore(journal),
                new ProgressStore(journal, "run/start"),
                new RunControlStore(journal, "run", "start", budget),
                new InFlightLimit("model_calls", 8),
                Shards.of(2));
    }
}
