package dev.agon.gathering;

import java.io.Serializable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;

/**
 * Elements as the bytes of their coder, for where many come together under few keys. The Direct runner copies what a key has gathered
 * each time a bundle adds to it, each element through its coder: bytes are copied at once, where a record is taken apart and built anew.
 *
 * @param coder the elements' coder
 */
public record Encoded<T>(Coder<T> coder) implements Serializable {

    public byte[] encode(T element) {
        try {
            return CoderUtils.encodeToByteArray(coder, element);
        } catch (CoderException e) {
            throw new IllegalStateException("the coder " + coder + " cannot encode " + element.getClass(), e);
        }
    }

    public T decode(byte[] bytes) {
        try {
            return CoderUtils.decodeFromByteArray(coder, bytes);
        } catch (CoderException e) {
            throw new IllegalStateException("the coder " + coder + " cannot decode what it has encoded", e);
        }
    }
}
