package dev.agon.grading;

/** A hidden check ended without a readable verdict, on an untouched task too. That says nothing about the submission. */
public final class NoVerdictException extends Exception {

    private static final int MOST_OUTPUT = 4000;

    private final String output;
    private final boolean timedOut;

    /**
     * @param message what was expected and what was found
     * @param output what the check printed; its end is kept
     */
    NoVerdictException(String message, String output) {
        this(message, output, false);
    }

    /** @param timedOut whether the check was ended at its limit of time */
    NoVerdictException(String message, String output, boolean timedOut) {
        super(message);
        this.timedOut = timedOut;
        this.output = output.substring(Math.max(0, output.length() - MOST_OUTPUT));
    }

    /** The end of what the check printed. */
    public String output() {
        return output;
    }

    boolean timedOut() {
        return timedOut;
    }
}
