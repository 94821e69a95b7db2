package dev.agon.pipelines;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.InflaterInputStream;

/** What a deflated journal entry holds. */
final class Unpacked {

    private static final int HEADER = 16;

    private Unpacked() {}

    /** The bytes after an entry's header, inflated, as text; empty when they are nothing deflated. */
    static String of(byte[] entry) {
        if (entry.length < HEADER) {
            return "";
        }
        try (InflaterInputStream body =
                new InflaterInputStream(new ByteArrayInputStream(entry, HEADER, entry.length - HEADER))) {
            return new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
