package dev.agon.grading;

/** What graders read of a check. */
public final class GradingTexts {

    private GradingTexts() {}

    public static void pytest(String output) throws NoVerdictException {
        HiddenCheck.PytestSummary summary = HiddenCheck.PytestSummary.parse(output);
        if (summary.passed() < 0 || summary.others() < 0) {
            throw new IllegalStateException("impossible summary " + summary);
        }
    }

    public static void reward(String output) throws NoVerdictException {
        RewardFiles.parse(output, output);
    }
}
