package dev.agon.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where charts put their marks, and how axes choose their ticks. */
class ChartTest {

    private static final Axis SHARES = Axis.percent("share");

    @Test
    void marksStandWhereTheirNumbersAre() {
        String svg = ForestChart.draw(
                "t",
                SHARES,
                List.of(
                        line("none", 0),
                        line("half", 0.5),
                        line("all", 1),
                        new ForestChart.Line("absent", "s0", Optional.empty(), "-", OptionalDouble.of(0.5))));
        List<Double> dots = numbers(svg, "cx");
        assertThat(dots).hasSize(3);
        assertThat(dots.get(1) - dots.get(0)).isCloseTo(dots.get(2) - dots.get(1), within(0.11));
        // The stroke of the absent line's reference stands below the dot of one half.
        assertThat(svg).contains("<line class=\"reference\" x1=\"" + dots.get(1) + "\"");
    }

    @Test
    void aMissingEstimateLeavesAGapInTheLine() {
        String svg = CategoryChart.lines(
                "t",
                "x",
                List.of("0", "1", "2"),
                SHARES,
                List.of(new CategoryChart.Series<>("s", List.of(estimate(0.2), Optional.empty(), estimate(0.4)))));
        assertThat(Pattern.compile("<polyline").matcher(svg).results()).hasSize(2);
        assertThat(svg).contains("<title>s, 2: 40.0 [40.0, 40.0]</title>");
    }

    @Test
    void barsAreAsHighAsTheirCounts() {
        String svg = CategoryChart.bars(
                "t",
                "x",
                List.of("0", "1", "2"),
                "tasks",
                List.of(new CategoryChart.Series<>("s", List.of(1.0, 0.0, 4.0))));
        List<Double> heights = numbers(svg.substring(svg.indexOf("<rect")), "height");
        assertThat(heights).hasSize(2);
        assertThat(heights.get(1)).isCloseTo(4 * heights.get(0), within(0.3));
    }

    @Test
    void theKeyOfManySeriesStaysInsideTheChart() {
        List<CategoryChart.Series<Optional<Estimate>>> series = IntStream.range(0, 9)
                .mapToObj(i -> new CategoryChart.Series<>("select, iteration " + i, List.of(estimate(0.5))))
                .toList();
        String svg = CategoryChart.lines("t", "x", List.of("0"), SHARES, series);
        assertThat(numbers(svg, "cx")).allSatisfy(x -> assertThat(x).isBetween(0.0, (double) CategoryChart.WIDTH));
        assertThat(Pattern.compile(">select, iteration \\d</text>").matcher(svg).results())
                .hasSize(9);
    }

    @Test
    void ticksAreRoundAndReachTheLargestNumber() {
        assertThat(Axis.upTo("n", 41).ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0, 50.0);
        assertThat(Axis.upTo("n", 0).position(0)).isZero();
        assertThat(Axis.upTo("n", 1).ticks()).containsExactly(0.0, 1.0);
        assertThat(Axis.points("d", 0.23).ticks()).hasSize(11).contains(0.0).startsWith(-0.25);
        assertThat(Axis.points("d", 0).ticks()).hasSize(3);
    }

    private static ForestChart.Line line(String name, double value) {
        return new ForestChart.Line(name, "s0", estimate(value), "text", OptionalDouble.empty());
    }

    private static Optional<Estimate> estimate(double value) {
        return Optional.of(new Estimate(value, value, value));
    }

    private static List<Double> numbers(String svg, String attribute) {
        List<Double> numbers = new ArrayList<>();
        for (MatchResult match : Pattern.compile(" " + attribute + "=\"([-0-9.]+)\"")
                .matcher(svg)
                .results()
                .toList()) {
            numbers.add(Double.parseDouble(match.group(1)));
        }
        return numbers;
    }
}
