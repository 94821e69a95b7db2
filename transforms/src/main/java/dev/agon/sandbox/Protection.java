package dev.agon.sandbox;

/**
 * One protection of a kind of sandboxes, as found on this machine.
 *
 * @param name what it protects, such as {@code memory}
 * @param on whether it is in force
 * @param detail how, or what is missing
 */
public record Protection(String name, boolean on, String detail) {

    static Protection on(String name, String detail) {
        return new Protection(name, true, detail);
    }

    static Protection off(String name, String detail) {
        return new Protection(name, false, detail);
    }
}
