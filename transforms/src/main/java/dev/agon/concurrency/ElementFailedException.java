package dev.agon.concurrency;

import com.google.common.base.Throwables;
import dev.agon.journal.JournalException;
import dev.agon.schemas.Failure;

/** One element could not be processed. The others go on, and the failure becomes a row of the table of failures. */
public final class ElementFailedException extends Exception {

    private static final int MOST_CHARACTERS = 4_000;

    private final transient Failure failure;

    public ElementFailedException(Failure failure, Throwable cause) {
        super(failure.getMessage(), cause);
        this.failure = failure;
    }

    /**
     * The failure of an element that met a bug: any runtime exception or error. A journal that fails and a JVM that is out of memory
     * are no element's own; they are thrown on, and end the run.
     */
    public static ElementFailedException ofBug(Failure.Builder failure, Throwable bug) {
        if (Throwables.getCausalChain(bug).stream().anyMatch(ElementFailedException::isOfAll)) {
            Throwables.throwIfUnchecked(bug);
        }
        String trace = Throwables.getStackTraceAsString(bug);
        failure.setKind("bug")
                .setMessage("a bug in Agon: " + bug + "; the detail says where, please report it")
                .setDetail(trace.substring(0, Math.min(trace.length(), MOST_CHARACTERS)));
        return new ElementFailedException(failure.build(), bug);
    }

    private static boolean isOfAll(Throwable cause) {
        return cause instanceof JournalException
                || cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError);
    }

    public Failure failure() {
        return failure;
    }
}
