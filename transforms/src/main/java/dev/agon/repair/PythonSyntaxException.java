package dev.agon.repair;

/** A line that {@link PythonExpressions} cannot read: no edit inside its expressions is proposed then. */
final class PythonSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    PythonSyntaxException(String message) {
        super(message);
    }
}
