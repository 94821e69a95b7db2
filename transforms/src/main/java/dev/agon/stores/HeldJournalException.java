package dev.agon.stores;

/** Another start has the journal; the message says which one, and what to do. */
public final class HeldJournalException extends Exception {

    HeldJournalException(String journal, String holder) {
        super("the journal " + journal + " is in use by " + holder
                + ". Wait for its end or stop it, or give this run a journal of its own with --set journal=FOLDER."
                + " With --set model.provider=journal a run only reads what is there, and needs not wait");
    }
}
