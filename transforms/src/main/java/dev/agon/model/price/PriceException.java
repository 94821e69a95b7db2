package dev.agon.model.price;

/** A file of prices cannot be used; the message names the file, and the model and field that are wrong. */
public final class PriceException extends RuntimeException {

    PriceException(String message) {
        super(message);
    }

    PriceException(String message, Throwable cause) {
        super(message, cause);
    }
}
