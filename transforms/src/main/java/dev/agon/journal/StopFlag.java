package dev.agon.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** Tells all workers of one attempt at a run that it is stopped: one blob, which is there or is not. */
public final class StopFlag {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Blobs blobs;
    private final String name;

    /** @param attempt name of the attempt, below that of its run */
    public StopFlag(Blobs blobs, String attempt) {
        this.blobs = blobs;
        this.name = "progress/" + attempt + "/stop.flag";
    }

    /** Stops the attempt; that it was cancelled stays the reason, whatever else comes. */
    public void raise(Stop stop) throws IOException {
        if (read().filter(raised -> raised.kind() == Stop.Kind.CANCELLED).isEmpty()) {
            blobs.put(name, JSON.writeValueAsBytes(stop));
        }
    }

    /** Why the attempt is stopped; empty while it is not. */
    public Optional<Stop> read() throws IOException {
        Optional<byte[]> bytes = blobs.get(name);
        return bytes.isPresent() ? Optional.of(JSON.readValue(bytes.get(), Stop.class)) : Optional.empty();
    }
}
