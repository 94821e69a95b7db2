package dev.agon.repair;

/** {@link PythonExpressions} cannot read a line. Its expressions then get no edits. */
final class PythonSyntaxException extends Exception {

    PythonSyntaxException(String message) {
        super(message);
    }
}
