package dev.agon.pipelines.plan;

/**
 * The most calls and tokens that one piece of work can take. All lengths are in tokens. The longest prompt of a model is infinite
 * when it is not known.
 */
final class MostWork {

    /** The fewest characters that a token has on average. English and code have about four. */
    static final int CHARACTERS_PER_TOKEN = 3;

    private MostWork() {}

    /** Most tokens of a text of so many characters. */
    static double tokens(long characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    /**
     * A rollout. The prompt of each call is the prompt before it, plus the answer and the observation. It grows until it is the
     * longest prompt that the model takes.
     *
     * @param opening the first prompt
     * @param answer one answer
     * @param observation what the model is shown after a command
     * @param steps most calls; 0 for no limit
     * @param longestPrompt the longest prompt that the model takes
     */
    static Effort rollout(double opening, double answer, double observation, int steps, double longestPrompt) {
        if (steps == 0) {
            double infinite = Double.POSITIVE_INFINITY;
            return new Effort(infinite, infinite, infinite);
        }
        double growth = answer + observation;
        double fitting = Math.floor((longestPrompt - opening) / growth) + 1;
        double growing = Math.max(0, Math.min(steps, fitting));
        double input = growing * opening + growth * growing * (growing - 1) / 2;
        if (growing < steps) {
            input += (steps - growing) * longestPrompt;
        }
        return new Effort(steps, input, steps * answer);
    }

    /** The last and largest call of such a rollout. */
    static Effort lastCall(double opening, double answer, double observation, int steps, double longestPrompt) {
        double longest = steps == 0 ? Double.POSITIVE_INFINITY : opening + (steps - 1) * (answer + observation);
        return new Effort(1, Math.min(longestPrompt, longest), answer);
    }

    /**
     * A question that is asked again when the answer is malformed. Each time, that answer and a complaint are added to it.
     *
     * @param asks most calls
     */
    static Effort conversation(int asks, double question, double answer, double complaint, double longestPrompt) {
        Effort sum = Effort.NONE;
        for (int ask = 0; ask < asks; ask++) {
            sum = sum.plus(new Effort(1, Math.min(longestPrompt, question + ask * (answer + complaint)), answer));
        }
        return sum;
    }
}
