package dev.agon.prompts;

import com.hubspot.jinjava.util.HasObjectTruthValue;

/** Python's {@code None} in a template. It is defined, it is false, and it prints its name. The library only knows undefined. */
enum None implements HasObjectTruthValue {
    NONE;

    @Override
    public boolean getObjectTruthValue() {
        return false;
    }

    @Override
    public String toString() {
        return "None";
    }
}
