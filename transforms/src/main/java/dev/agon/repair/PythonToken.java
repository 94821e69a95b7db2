package dev.agon.repair;

/**
 * One token of Python source.
 *
 * @param type its sort
 * @param text the characters
 * @param start offset of the first character in the file
 * @param end offset after the last character
 */
record PythonToken(Type type, String text, int start, int end) {

    enum Type {
        NAME,
        NUMBER,
        STRING,
        OPERATOR
    }

    boolean is(String wanted) {
        return type != Type.STRING && text.equals(wanted);
    }
}
