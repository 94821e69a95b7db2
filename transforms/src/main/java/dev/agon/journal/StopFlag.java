package dev.agon.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** Tells all workers of one start of a run that it is stopped: one blob, which is there or is not. */
public final class StopFlag {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Blobs blobs;
    private final String name;

    /** @param start name of the start, below that of its run */
    public StopFlag(Blobs blobs, String start) {
        this.blobs = blobs;
        this.name = BlobKind.PROGRESS.folder() + "/" + start + "/stop.flag";
    }

    /** Stops the start. The first reason stays, but that it was cancelled takes the place of others. */
    public void raise(Stop stop) throws IOException {
        if (!isTold(stop)) {
            try {
                blobs.put(name, JSON.writeValueAsBytes(stop));
            } catch (IOException e) { // a store may refuse one of two who write at once
                if (!isTold(stop)) {
                    throw e;
                }
            }
        }
    }

    private boolean isTold(Stop stop) throws IOException {
        Optional<Stop> raised = read();
        return raised.isPresent()
                && (stop.kind() != Stop.Kind.CANCELLED || raised.get().kind() == Stop.Kind.CANCELLED);
    }

    /** Why the start is stopped; empty while it is not. A flag that is there stops it, even if it is damaged. */
    public Optional<Stop> read() throws IOException {
        return blobs.get(name).map(this::parse);
    }

    private Stop parse(byte[] flag) {
        try {
            return JSON.readValue(flag, Stop.class);
        } catch (IOException e) {
            return new Stop(Stop.Kind.CANCELLED, "its stop flag " + name + " is damaged. Run again to go on from here");
        }
    }
}
