package dev.agon.sandbox;

import java.util.List;

/**
 * One protection of a kind of sandboxes, as found on this machine.
 *
 * @param name what it protects, one of {@link #NAMES}
 * @param on whether it is in force
 * @param detail how, or what is missing
 * @param remedy what to do to have it; empty where it is on
 */
public record Protection(String name, boolean on, String detail, String remedy) {

    /** Every kind of sandboxes says of each of these whether it is on. */
    public static final List<String> NAMES =
            List.of("user", "processes", "files", "network", "system_calls", "memory", "memory_group");

    static Protection on(String name, String detail) {
        return new Protection(name, true, detail, "");
    }

    static Protection off(String name, String detail, String remedy) {
        return new Protection(name, false, detail, remedy);
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format("%-12s %-3s  %s", name, on ? "on" : "off", detail);
    }
}
