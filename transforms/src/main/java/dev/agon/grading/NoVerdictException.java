package dev.agon.grading;

/** A hidden check ended without a readable verdict. That says nothing about the submission, and may be tried again. */
public final class NoVerdictException extends Exception {

    private static final int MOST_OUTPUT = 4000;

    private final String output;

    /**
     * @param message what was expected and what was found
     * @param output what the check printed; its end is kept
     */
    NoVerdictException(String message, String output) {
        super(message);
        this.output = output.substring(Math.max(0, output.length() - MOST_OUTPUT));
    }

    /** The end of what the check printed. */
    public String output() {
        return output;
    }
}
