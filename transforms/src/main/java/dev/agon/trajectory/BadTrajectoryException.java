package dev.agon.trajectory;

/** A document cannot be read as a trajectory; the message names the field, what it holds and what was expected. */
public final class BadTrajectoryException extends Exception {

    private final String field;

    /** @param field path of the field in the document, such as {@code steps[3].metrics.cost_usd}; empty for the whole document */
    public BadTrajectoryException(String field, String message) {
        super((field.isEmpty() ? "" : field + ": ") + message);
        this.field = field;
    }

    public String field() {
        return field;
    }

    /** The same, of one document of a file that has several. */
    BadTrajectoryException at(String place) {
        return new BadTrajectoryException(field.isEmpty() ? place : place + ", " + field, withoutField());
    }

    /** The same, with the number of other documents of the file of which it is true as well. */
    BadTrajectoryException and(int others) {
        return new BadTrajectoryException(field, withoutField() + " (and " + others + " more like it in this file)");
    }

    private String withoutField() {
        return getMessage().substring(field.isEmpty() ? 0 : field.length() + 2);
    }
}
