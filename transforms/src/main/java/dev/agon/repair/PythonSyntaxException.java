package dev.agon.repair;

/** {@link PythonExpressions} cannot read a line. Its expressions then get no edits. */
final class PythonSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    PythonSyntaxException(String message) {
        super(message);
    }
}
