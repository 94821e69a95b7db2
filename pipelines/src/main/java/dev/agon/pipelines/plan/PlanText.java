package dev.agon.pipelines.plan;

import dev.agon.pipelines.report.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** Lines of a plan as a table: aligned columns, separated thousands, the sum at the end. */
final class PlanText {

    private static final List<String> HEADER =
            List.of("", "work", "calls", "input tokens", "output tokens", "USD", "model", "");

    private PlanText() {}

    static void print(List<PlanLine> lines, PrintStream out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        lines.forEach(line -> rows.add(row(line)));
        rows.add(row(sum(lines)));
        TextTable.print(rows, Set.of(0, 6, 7), out);
    }

    /** The sum of all lines. Its cost is unknown when the cost of any line is. */
    static PlanLine sum(List<PlanLine> lines) {
        Effort effort = lines.stream().map(PlanLine::effort).reduce(Effort.NONE, Effort::plus);
        OptionalDouble usd = lines.stream().anyMatch(line -> line.usd().isEmpty())
                ? OptionalDouble.empty()
                : OptionalDouble.of(lines.stream()
                        .mapToDouble(line -> line.usd().getAsDouble())
                        .sum());
        return new PlanLine("in all", "", "", effort, usd, "");
    }

    private static List<String> row(PlanLine line) {
        return List.of(
                line.work(),
                line.amount(),
                count(line.effort().calls()),
                count(line.effort().input()),
                count(line.effort().output()),
                line.usd().isEmpty() ? "unknown" : usd(line.usd().getAsDouble()),
                line.model(),
                line.because());
    }

    static String count(double number) {
        return Double.isInfinite(number) ? "no bound" : String.format(Locale.ROOT, "%,.0f", number);
    }

    /** Four decimals below one dollar, where two would hide what a call costs. */
    static String usd(double usd) {
        if (Double.isInfinite(usd)) {
            return "no bound";
        }
        return usd == 0 ? "0" : String.format(Locale.ROOT, usd < 1 ? "%.4f" : "%,.2f", usd);
    }
}
