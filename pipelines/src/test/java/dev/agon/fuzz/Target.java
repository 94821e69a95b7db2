package dev.agon.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that reads what others wrote.
 *
 * @param name its name on the command line
 * @param good texts that it reads well
 * @param reader the reader
 * @param own what it throws for bad texts; anything else is a finding
 */
record Target(String name, List<byte[]> good, Reader reader, List<Class<? extends Exception>> own) {

    /** Reads a text. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] text) throws Exception;
    }

    /** A reader of text. */
    static Target of(String name, Text reader, List<Class<? extends Exception>> own, String... good) {
        return new Target(
                name,
                Stream.of(good)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                bytes -> reader.read(new String(bytes, StandardCharsets.UTF_8)),
                own);
    }

    /** Reads a text that is decoded. */
    @FunctionalInterface
    interface Text {
        void read(String text) throws Exception;
    }

    /** Fails with an {@link AssertionError} where the reader fails in a way that is not its own. */
    void read(byte[] text) {
        try {
            reader.read(text);
        } catch (Exception e) {
            if (own.stream().noneMatch(type -> type.isInstance(e))) {
                throw new AssertionError(name + " of " + shown(text), e);
            }
        } catch (StackOverflowError e) {
            throw new AssertionError(name + " of " + shown(text), e);
        }
    }

    private static String shown(byte[] text) {
        String whole = new String(text, StandardCharsets.UTF_8);
        return whole.length() + " characters: " + whole.substring(0, Math.min(400, whole.length()));
    }
}
