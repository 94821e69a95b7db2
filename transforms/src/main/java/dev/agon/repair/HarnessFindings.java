package dev.agon.repair;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Agon itself found in the record of an attempt, as the last lines of the attempt's text say it.
 *
 * @param submitted whether the attempt handed its work in by itself
 * @param outputTokens tokens that the model wrote in it, at least 1
 * @param claimsSuccess whether its last words claim success
 * @param agreement mean likeness to the other attempts at the task in written files and last outputs, from 0 to 1; 0 where it is
 *     not said
 */
record HarnessFindings(boolean submitted, long outputTokens, boolean claimsSuccess, double agreement) {

    private static final String HEADING = "Found in the record by the harness, not claimed by the attempt:";
    private static final Pattern ENDED = Pattern.compile(
            "^- Ended: (submitted|stopped before it submitted), \\d+ steps, (\\d{1,15}) output tokens",
            Pattern.MULTILINE);
    private static final Pattern CLAIM = Pattern.compile("^- Last words: claim success", Pattern.MULTILINE);
    private static final Pattern AGREEMENT = Pattern.compile(
            "^- Agreement with \\d+ other attempts: written files ([0-9.]{1,6})%, last outputs ([0-9.]{1,6})%",
            Pattern.MULTILINE);

    private static final double SUBMITTED = 3;
    private static final double FEWER_TOKENS = 2;
    private static final double CLAIM_OF_SUCCESS = 1;
    private static final double AGREED = 10;

    /** Reads the findings; only the last heading counts, since what stands before it may be the attempt's own words. */
    static Optional<HarnessFindings> in(String text) {
        int heading = text.lastIndexOf(HEADING);
        if (heading < 0) {
            return Optional.empty();
        }
        String findings = text.substring(heading);
        Matcher ended = ENDED.matcher(findings);
        if (!ended.find()) {
            return Optional.empty();
        }
        Matcher agreement = AGREEMENT.matcher(findings);
        return Optional.of(new HarnessFindings(
                ended.group(1).equals("submitted"),
                Math.max(1, Long.parseLong(ended.group(2))),
                CLAIM.matcher(findings).find(),
                agreement.find()
                        ? (Double.parseDouble(agreement.group(1)) + Double.parseDouble(agreement.group(2))) / 200
                        : 0));
    }

    /**
     * The more, the better the attempt; only differences within one task mean something. Four signs, with round weights that were not
     * fitted: an attempt that was stopped seldom left what was asked for; one that needed half as many tokens as another (ln 2 times its
     * weight) met fewer obstacles; who says nothing of success at the end often had none; and attempts that came to the same
     * files and outputs by themselves support each other (10 points of likeness weigh as much as a claim). The verdicts of last
     * checks, return codes and admissions of failure were tried and tell next to nothing.
     */
    double score() {
        return (submitted ? SUBMITTED : 0)
                - FEWER_TOKENS * Math.log(outputTokens)
                + (claimsSuccess ? CLAIM_OF_SUCCESS : 0)
                + AGREED * agreement;
    }
}
