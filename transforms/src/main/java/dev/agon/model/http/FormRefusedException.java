package dev.agon.model.http;

/** The endpoint does not take the form in which the answer was asked for; the message says why. Such a call costs nothing. */
final class FormRefusedException extends Exception {

    FormRefusedException(String said) {
        super(said);
    }
}
